import type { Clusters } from "@systemhealer/contract/clusters";
import { useTranslation } from "react-i18next";
import { ChartFrame } from "../../charts/ChartFrame.tsx";
import { HeatMapChart } from "../../charts/HeatMapChart.tsx";
import { rampColour } from "../../charts/palette.ts";
import { usePalette } from "../../charts/use-palette.ts";
import { useFormats } from "../../i18n/use-formats.ts";

export interface KpiGroupsProps {
  readonly groups: NonNullable<Clusters["kpiGroups"]>;
}

/** Rank correlations of the KPIs as a heat map, those of a group beside each other. */
export function KpiGroups({ groups: { groups, alone, leftOut, leastCorrelation, heatMap } }: KpiGroupsProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { divergence, empty } = usePalette();
  const { kpis, correlations } = heatMap;
  const title = t("clusters.kpiGroups");
  if (kpis.length < 2) return null;
  const all = groups.reduce((sum, group) => sum + group.kpis.length, alone.length);
  const format = (value: number | null) => (value === null ? t("common.none") : formats.number(value));
  return (
    <ChartFrame
      title={title}
      description={t("clusters.kpiGroupsHint", { correlation: formats.number(leastCorrelation) })}
      note={t("clusters.kpiGroupsNote", {
        shown: formats.integer(kpis.length),
        all: formats.integer(all),
        alone: formats.integer(alone.length),
        leftOut: formats.integer(leftOut),
      })}
      zoom="xy"
      table={{
        columns: [t("clusters.kpi"), ...kpis],
        rows: correlations.map((row, place) => [kpis[place] ?? "", ...row.map(formats.number)]),
      }}
    >
      <HeatMapChart
        title={title}
        lines={correlations.map((values, place) => ({ label: kpis[place] ?? "", values }))}
        columns={kpis}
        colourOf={(value) => (value === null ? empty : rampColour(divergence, (value + 1) / 2))}
        format={format}
      />
    </ChartFrame>
  );
}
