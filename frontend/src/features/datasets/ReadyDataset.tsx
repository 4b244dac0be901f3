import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { DatasetView } from "@systemhealer/contract/dataset";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { BarChart } from "../../charts/BarChart.tsx";
import { ChartFrame } from "../../charts/ChartFrame.tsx";
import { useFormats } from "../../i18n/use-formats.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { ErrorBoundary } from "../../ui/ErrorBoundary.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { Pending } from "../../ui/Pending.tsx";
import { DatasetWarnings } from "./DatasetWarnings.tsx";
import { FeatureTable } from "./FeatureTable.tsx";
import { HistogramSection } from "./HistogramSection.tsx";
import { PreviewTable } from "./PreviewTable.tsx";

export function ReadyDataset({ dataset }: { readonly dataset: Extract<DatasetView, { status: "ready" }> }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data: profile, error, refetch } = useQuery(useQueries().datasetProfile(dataset.datasetId));
  const bars = dataset.classes.map(({ name, rows }) => ({ name, value: rows }));
  return (
    <SpaceBetween size="l">
      {profile?.warnings?.length ? <DatasetWarnings warnings={profile.warnings} /> : null}
      <Container header={<Header variant="h2">{t("data.overview")}</Header>}>
        <Facts
          columns={4}
          items={[
            { label: t("common.rows"), value: formats.integer(dataset.rows) },
            { label: t("data.kpis"), value: formats.integer(dataset.featureCount) },
            { label: t("data.classes"), value: formats.integer(dataset.classes.length) },
            { label: t("data.missing"), value: formats.percent(dataset.missingShare) },
            { label: t("data.duplicates"), value: formats.integer(dataset.duplicateRows) },
            { label: t("data.constants"), value: formats.integer(dataset.constantFeatures) },
            { label: t("data.size"), value: formats.bytes(dataset.sizeBytes) },
            { label: t("common.created"), value: formats.time(dataset.createdAt) },
          ]}
        />
      </Container>
      {bars.length > 0 && (
        <ChartFrame
          title={t("data.classChart")}
          zoom="xy"
          table={{
            columns: [t("data.classes"), t("common.rows")],
            rows: bars.map(({ name, value }) => [name, formats.integer(value)]),
          }}
        >
          <BarChart title={t("data.classChart")} bars={bars} format={formats.integer} />
        </ChartFrame>
      )}
      <ErrorBoundary>
        <HistogramSection datasetId={dataset.datasetId} />
      </ErrorBoundary>
      <ErrorBoundary>
        <PreviewTable datasetId={dataset.datasetId} />
      </ErrorBoundary>
      {profile && (
        <ErrorBoundary>
          <FeatureTable features={profile.features} rows={profile.rows} />
        </ErrorBoundary>
      )}
      {!profile && <Pending error={error} refetch={refetch} />}
    </SpaceBetween>
  );
}
