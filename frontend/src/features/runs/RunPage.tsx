import SpaceBetween from "@cloudscape-design/components/space-between";
import type { RunView } from "@systemhealer/contract/run";
import { useTranslation } from "react-i18next";
import { curveUnit } from "../../lib/curve-unit.ts";
import { AttemptTable } from "../../ui/AttemptTable.tsx";
import { RunFrame } from "../../ui/RunFrame.tsx";
import { TrainingCurves } from "../../ui/TrainingCurves.tsx";
import { RunEnding } from "../../ui/UnfinishedRun.tsx";
import { AdaptationResult } from "./AdaptationResult.tsx";
import { ClusteringResult } from "./ClusteringResult.tsx";
import { DiagnosisResult } from "./DiagnosisResult.tsx";
import { RunActions } from "./RunActions.tsx";
import { RunOverview } from "./RunOverview.tsx";
import { Standings } from "./Standings.tsx";
import { TrainingResult } from "./TrainingResult.tsx";

/** What a run has done and does, whatever its kind. */
export function RunPage() {
  const { t } = useTranslation();
  return (
    <RunFrame title={t("runs.title")} actions={(run) => <RunActions run={run} />}>
      {(run) => (
        <SpaceBetween size="l">
          <RunEnding run={run} />
          {run.kind === "training" && run.status === "succeeded" && (
            <TrainingResult runId={run.runId} result={run.result} reused={run.reusedModelId !== undefined} />
          )}
          {run.kind === "diagnosis" && run.status === "succeeded" && <DiagnosisResult run={run} />}
          {run.kind === "adaptation" && run.status === "succeeded" && <AdaptationResult run={run} />}
          {run.kind === "clustering" && run.status === "succeeded" && <ClusteringResult run={run} />}
          <RunOverview run={run} />
          {run.kind === "training" && <Standings standings={("progress" in run && run.progress?.standings) || []} />}
          <Curves run={run} />
          {run.kind === "training" && <AttemptTable attempts={run.attempts} />}
        </SpaceBetween>
      )}
    </RunFrame>
  );
}

/** Learners that are compared with each other leave no curve. */
function Curves({ run }: { readonly run: RunView }) {
  if (run.kind !== "training" || !("progress" in run) || !run.progress || run.progress.curve.length === 0) return null;
  return <TrainingCurves curve={run.progress.curve} unit={curveUnit(run.attempts.at(-1)?.learner)} />;
}
