import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { clusteringArtefactNames } from "@systemhealer/contract/artefact";
import type { Clusters } from "@systemhealer/contract/clusters";
import type { RunView } from "@systemhealer/contract/run";
import { useTranslation } from "react-i18next";
import { ChartTable } from "../../charts/ChartTable.tsx";
import { useFormats } from "../../i18n/use-formats.ts";
import { useServices } from "../../lib/services.ts";
import { DownloadButton } from "../../ui/DownloadButton.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { RouterLink } from "../../ui/RouterLink.tsx";

export type FinishedClustering = Extract<RunView, { kind: "clustering"; status: "succeeded" }>;

export interface ClustersSummaryProps {
  readonly run: FinishedClustering;
  readonly clusters: Clusters;
}

/** How many groups there are, what told so, and the files. */
export function ClustersSummary({ run, clusters }: ClustersSummaryProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { client } = useServices();
  const { runId } = run;
  const { candidates, chosenBy } = clusters;
  const score = t(`clusters.candidateScore.${chosenBy === "silhouette" ? "silhouette" : "other"}`);
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {clusteringArtefactNames.map((artefact) => (
                <DownloadButton
                  key={artefact}
                  address={() => client.call("downloadRun", { runId, body: { artefact } })}
                >
                  {artefact}
                </DownloadButton>
              ))}
            </SpaceBetween>
          }
        >
          {t("clusters.summary")}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <Facts
          columns={4}
          items={[
            { label: t("clusters.groups"), value: formats.integer(clusters.clusters.length) },
            { label: t("common.rows"), value: formats.integer(clusters.rows) },
            { label: t("clusters.rowsInNone"), value: formats.integer(clusters.noiseRows) },
            {
              label: t("clusters.dataset"),
              value: <RouterLink to={`/data/${run.datasetId}`}>{t("clusters.openDataset")}</RouterLink>,
            },
          ]}
        />
        <Facts
          columns={3}
          items={[
            { label: t("clusters.method"), value: t(`clusters.methods.${clusters.method}`) },
            { label: t("clusters.chosenBy"), value: t(`clusters.chosen.${chosenBy}`) },
            ...(clusters.sampledRows < clusters.rows
              ? [{ label: t("clusters.rowsLookedAt"), value: formats.integer(clusters.sampledRows) }]
              : []),
          ]}
        />
        {candidates.length > 0 && (
          <ExpandableSection headerText={t("clusters.candidates")}>
            <ChartTable
              title={t("clusters.candidates")}
              columns={[t("clusters.candidateClusters"), score]}
              rows={candidates.map((tried) => [formats.integer(tried.clusters), formats.number(tried.score)])}
            />
          </ExpandableSection>
        )}
      </SpaceBetween>
    </Container>
  );
}
