import SpaceBetween from "@cloudscape-design/components/space-between";
import type { RunView } from "@systemhealer/contract/run";
import { useTranslation } from "react-i18next";
import { curveUnit } from "../../lib/curve-unit.ts";
import { isMoving } from "../../lib/queries.ts";
import { AttemptTable } from "../../ui/AttemptTable.tsx";
import { ErrorBoundary } from "../../ui/ErrorBoundary.tsx";
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
            <ErrorBoundary>
              <TrainingResult runId={run.runId} result={run.result} reused={run.reusedModelId !== undefined} />
            </ErrorBoundary>
          )}
          {run.kind === "diagnosis" && run.status === "succeeded" && (
            <ErrorBoundary>
              <DiagnosisResult run={run} />
            </ErrorBoundary>
          )}
          {run.kind === "adaptation" && run.status === "succeeded" && (
            <ErrorBoundary>
              <AdaptationResult run={run} />
            </ErrorBoundary>
          )}
          {run.kind === "clustering" && run.status === "succeeded" && (
            <ErrorBoundary>
              <ClusteringResult run={run} />
            </ErrorBoundary>
          )}
          <ErrorBoundary>
            <RunOverview run={run} />
          </ErrorBoundary>
          {run.kind === "training" && (
            <ErrorBoundary>
              <Standings standings={("progress" in run && run.progress?.standings) || []} hasEnded={!isMoving(run)} />
            </ErrorBoundary>
          )}
          <Curves run={run} />
          {run.kind === "training" && (
            <ErrorBoundary>
              <AttemptTable attempts={run.attempts} isCancelled={run.status === "cancelled"} />
            </ErrorBoundary>
          )}
        </SpaceBetween>
      )}
    </RunFrame>
  );
}

/** Learners that are compared with each other leave no curve. */
function Curves({ run }: { readonly run: RunView }) {
  if (run.kind !== "training" || !("progress" in run) || !run.progress || run.progress.curve.length === 0) return null;
  return (
    <ErrorBoundary>
      <TrainingCurves curve={run.progress.curve} unit={curveUnit(run.attempts.at(-1)?.learner)} />
    </ErrorBoundary>
  );
}
