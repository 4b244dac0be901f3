import Alert from "@cloudscape-design/components/alert";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { RunView } from "@systemhealer/contract/run";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useKept } from "../../lib/use-kept.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { ErrorBoundary } from "../../ui/ErrorBoundary.tsx";
import { LinkButton } from "../../ui/LinkButton.tsx";
import { OrderLink } from "../../ui/OrderLink.tsx";
import { Pending } from "../../ui/Pending.tsx";
import { RunFrame } from "../../ui/RunFrame.tsx";
import { UnfinishedRun } from "../../ui/UnfinishedRun.tsx";
import { ClusterList } from "./ClusterList.tsx";
import { ClusterMap } from "./ClusterMap.tsx";
import { ClustersSummary, type FinishedClustering } from "./ClustersSummary.tsx";
import { KpiGroups } from "./KpiGroups.tsx";
import { KpiGroupTable } from "./KpiGroupTable.tsx";
import { LabelForm } from "./LabelForm.tsx";
import { NodeGroups } from "./NodeGroups.tsx";
import type { ClusterNames } from "./naming.ts";
import { useClusterWords } from "./use-cluster-words.ts";

/** The groups that a clustering has found, to be looked at and named; while it runs, how far it is. */
export function ClustersPage() {
  const { t } = useTranslation();
  return (
    <RunFrame
      title={t("clusters.result")}
      actions={({ runId, datasetId }) => (
        <SpaceBetween direction="horizontal" size="xs">
          <OrderLink to={`/clusters?dataset=${datasetId}`}>{t("clusters.again")}</OrderLink>
          <LinkButton to={`/runs/${runId}`}>{t("clusters.steps")}</LinkButton>
        </SpaceBetween>
      )}
    >
      {(run) =>
        run.kind === "clustering" && run.status === "succeeded" ? <Found run={run} /> : <NothingYet run={run} />
      }
    </RunFrame>
  );
}

const noNames: ClusterNames = {};

function Found({ run }: { readonly run: FinishedClustering }) {
  const { data: clusters, error, refetch } = useQuery(useQueries().runClusters(run.runId));
  const [names, setNames, areNamesRead] = useKept(`clusterNames.${run.runId}`, noNames);
  const words = useClusterWords(run.result.clusters, names);
  if (!clusters || !areNamesRead) return <Pending error={error} refetch={refetch} />;
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
      {clusters.kpiGroups && (
        <ErrorBoundary>
          <SpaceBetween size="l">
            <KpiGroups groups={clusters.kpiGroups} />
            <KpiGroupTable groups={clusters.kpiGroups} words={words} />
          </SpaceBetween>
        </ErrorBoundary>
      )}
      {clusters.nodeGroups && (
        <ErrorBoundary>
          <NodeGroups nodes={clusters.nodeGroups} words={words} />
        </ErrorBoundary>
      )}
      <ErrorBoundary>
        <LabelForm run={run} clusters={clusters} names={names} />
      </ErrorBoundary>
    </SpaceBetween>
  );
}

function NothingYet({ run }: { readonly run: RunView }) {
  const { t } = useTranslation();
  if (run.kind === "clustering") return <UnfinishedRun run={run} />;
  return <Alert statusIconAriaLabel={t("common.info")}>{t("clusters.notClusters")}</Alert>;
}
