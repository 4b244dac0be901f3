import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { failureMessage } from "@systemhealer/contract/messages/message";
import type { RunView } from "@systemhealer/contract/run";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { useLanguage } from "../../i18n/language.ts";
import { useFormats } from "../../i18n/use-formats.ts";
import { useKept } from "../../lib/use-kept.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { ErrorAlert } from "../../ui/ErrorAlert.tsx";
import { ErrorBoundary } from "../../ui/ErrorBoundary.tsx";
import { LinkButton } from "../../ui/LinkButton.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { Page } from "../../ui/Page.tsx";
import { RunStatusIndicator } from "../../ui/StatusIndicators.tsx";
import { ClusterList } from "./ClusterList.tsx";
import { ClusterMap } from "./ClusterMap.tsx";
import { ClustersSummary, type FinishedClustering } from "./ClustersSummary.tsx";
import { LabelForm } from "./LabelForm.tsx";
import type { ClusterNames } from "./naming.ts";
import { useClusterWords } from "./use-cluster-words.ts";

/** The groups that a clustering has found, to be looked at and named; while it runs, how far it is. */
export function ClustersPage() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { runId = "" } = useParams();
  const { data: run, error, refetch } = useQuery(useQueries().run(runId));
  if (!run) {
    return (
      <Page title={t("clusters.result")}>
        {error ? <ErrorAlert error={error} onRetry={() => void refetch()} /> : <Loading />}
      </Page>
    );
  }
  return (
    <Page
      title={run.name}
      description={
        <>
          {t(`runs.kind.${run.kind}`)} · <RunStatusIndicator status={run.status} /> · {formats.time(run.createdAt)}
        </>
      }
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <LinkButton to={`/clusters?dataset=${run.datasetId}`}>{t("clusters.again")}</LinkButton>
          <LinkButton to={`/runs/${runId}`}>{t("clusters.steps")}</LinkButton>
        </SpaceBetween>
      }
    >
      {run.kind === "clustering" && run.status === "succeeded" ? <Found run={run} /> : <NothingYet run={run} />}
    </Page>
  );
}

const noNames: ClusterNames = {};

function Found({ run }: { readonly run: FinishedClustering }) {
  const { data: clusters, error, refetch } = useQuery(useQueries().runClusters(run.runId));
  const [names, setNames] = useKept(`clusterNames.${run.runId}`, noNames);
  const words = useClusterWords(run.result.clusters, names);
  if (!clusters) return error ? <ErrorAlert error={error} onRetry={() => void refetch()} /> : <Loading />;
  return (
    <SpaceBetween size="l">
      <ErrorBoundary>
        <ClustersSummary run={run} clusters={clusters} />
      </ErrorBoundary>
      <ErrorBoundary>
        <ClusterMap clusters={clusters} words={words} />
      </ErrorBoundary>
      <ErrorBoundary>
        <ClusterList clusters={clusters} words={words} names={names} onNames={setNames} />
      </ErrorBoundary>
      <ErrorBoundary>
        <LabelForm run={run} clusters={clusters} names={names} />
      </ErrorBoundary>
    </SpaceBetween>
  );
}

function NothingYet({ run }: { readonly run: RunView }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (run.kind !== "clustering") {
    return <Alert statusIconAriaLabel={t("common.info")}>{t("clusters.notClusters")}</Alert>;
  }
  if (run.status === "failed") {
    return (
      <Alert type="error" header={t("runs.failedTitle")} statusIconAriaLabel={t("common.error")}>
        {failureMessage(run.failure, language)}
      </Alert>
    );
  }
  if (run.status === "cancelled") {
    return (
      <Alert type="warning" statusIconAriaLabel={t("common.warning")}>
        {t("runs.cancelledTitle")}
      </Alert>
    );
  }
  const { stage, fraction } = run.status === "running" ? run.progress : { stage: "queued" as const, fraction: 0 };
  return (
    <Container>
      <ProgressBar label={t("runs.progress")} value={100 * fraction} description={t(`runs.stages.${stage}`)} />
    </Container>
  );
}
