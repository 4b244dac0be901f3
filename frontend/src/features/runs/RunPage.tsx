import Alert from "@cloudscape-design/components/alert";
import { failureMessage } from "@systemhealer/contract/messages/message";
import type { RunView } from "@systemhealer/contract/run";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { useLanguage } from "../../i18n/language.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { AttemptTable } from "../../ui/AttemptTable.tsx";
import { ErrorAlert } from "../../ui/ErrorAlert.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { Notes } from "../../ui/Notes.tsx";
import { Page } from "../../ui/Page.tsx";
import { RunStatusIndicator } from "../../ui/StatusIndicators.tsx";
import { TagList } from "../../ui/TagList.tsx";
import { TrainingCurves } from "../../ui/TrainingCurves.tsx";
import { AdaptationResult } from "./AdaptationResult.tsx";
import { ClusteringResult } from "./ClusteringResult.tsx";
import { DiagnosisResult } from "./DiagnosisResult.tsx";
import { RunActions } from "./RunActions.tsx";
import { RunOverview } from "./RunOverview.tsx";
import { TrainingResult } from "./TrainingResult.tsx";

export function RunPage() {
  const { t } = useTranslation();
  const { runId = "" } = useParams();
  const { data: run, error, refetch } = useQuery(useQueries().run(runId));
  if (!run) {
    return (
      <Page title={t("runs.title")}>
        {error ? <ErrorAlert error={error} onRetry={() => void refetch()} /> : <Loading />}
      </Page>
    );
  }
  return (
    <Page
      title={run.name}
      description={
        <>
          {t(`runs.kind.${run.kind}`)} · <RunStatusIndicator status={run.status} /> · {run.runId}{" "}
          <TagList tags={run.tags} />
          <Notes notes={run.notes} />
        </>
      }
      actions={<RunActions run={run} />}
    >
      <Ending run={run} />
      {run.kind === "training" && run.status === "succeeded" && (
        <TrainingResult result={run.result} reused={run.reusedModelId !== undefined} />
      )}
      {run.kind === "diagnosis" && run.status === "succeeded" && <DiagnosisResult run={run} />}
      {run.kind === "adaptation" && run.status === "succeeded" && <AdaptationResult run={run} />}
      {run.kind === "clustering" && run.status === "succeeded" && <ClusteringResult run={run} />}
      <RunOverview run={run} />
      {run.kind === "training" && <TrainingCurves curve={("progress" in run && run.progress?.curve) || []} />}
      {run.kind === "training" && <AttemptTable attempts={run.attempts} />}
    </Page>
  );
}

/** Why a run ended without a result, in words. */
function Ending({ run }: { readonly run: RunView }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (run.status === "failed") {
    return (
      <Alert type="error" header={t("runs.failedTitle")} statusIconAriaLabel={t("common.error")}>
        {failureMessage(run.failure, language)}
      </Alert>
    );
  }
  if (run.status !== "cancelled") return null;
  return (
    <Alert type="warning" statusIconAriaLabel={t("common.warning")}>
      {t("runs.cancelledTitle")}
    </Alert>
  );
}
