import ExpandableSection from "@cloudscape-design/components/expandable-section";
import type { Cluster } from "@systemhealer/contract/clusters";
import { useTranslation } from "react-i18next";
import { ChartTable } from "../../charts/ChartTable.tsx";
import { useFormats } from "../../i18n/use-formats.ts";
import { useLists } from "../../i18n/use-lists.ts";

const mostShown = 3;

export interface TypicalRowsProps {
  readonly label: string;
  readonly cluster: Cluster;
}

/** Rows that stand for a cluster: the KPIs that describe it, beside the middle of all other rows. */
export function TypicalRows({ label, cluster: { kpis, typicalRows = [] } }: TypicalRowsProps) {
  const { t } = useTranslation();
  const lists = useLists();
  const formats = useFormats();
  const shown = typicalRows.slice(0, mostShown);
  if (shown.length === 0 || kpis.length === 0) return null;
  return (
    <ExpandableSection headerText={t("clusters.typicalRows")}>
      <ChartTable
        title={lists.names([t("clusters.typicalRows"), label])}
        columns={[
          t("data.feature"),
          ...shown.map(({ row }) => t("clusters.typicalRow", { row: formats.integer(row) })),
          t("clusters.restMedian"),
        ]}
        rows={kpis.map(({ name, restMedian }, place) => [
          name,
          ...shown.map(({ values }) => formats.number(values[place] ?? null)),
          formats.number(restMedian),
        ])}
      />
    </ExpandableSection>
  );
}
