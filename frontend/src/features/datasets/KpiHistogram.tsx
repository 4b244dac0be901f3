import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import type { FeatureHistogram, HistogramPage } from "@systemhealer/contract/histograms";
import { visible } from "@systemhealer/contract/visible";
import { useTranslation } from "react-i18next";
import { ChartFrame } from "../../charts/ChartFrame.tsx";
import { gapShare, histogramLines } from "../../charts/histogram-lines.ts";
import { LineChart } from "../../charts/LineChart.tsx";
import { useLegend } from "../../charts/use-legend.ts";
import { useFormats } from "../../i18n/use-formats.ts";

export interface KpiHistogramProps {
  readonly histogram: FeatureHistogram;
  readonly classes: HistogramPage["classes"];
}

/** One KPI: which share of each class lies where, the normal range and the gaps in words. */
export function KpiHistogram({ histogram, classes }: KpiHistogramProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { name, edges, scale, normal } = histogram;
  const lines = histogramLines(histogram, classes, t("data.allClasses"));
  const legend = useLegend(lines.map(({ id }) => id));
  const note = [
    normal
      ? t("data.normal", { low: formats.number(normal.low), high: formats.number(normal.high) })
      : t("data.noNormal"),
    t("data.gaps", { share: formats.percent(gapShare(histogram, classes)) }),
    ...(scale === "log" ? [t("data.logScale")] : []),
  ].join(" · ");
  if (lines.length === 0 || edges[0] === edges.at(-1)) {
    return (
      <Container fitHeight header={<Header variant="h3">{visible(name)}</Header>}>
        {edges.length === 0 ? t("data.onlyGaps") : t("data.oneValue", { value: formats.number(edges[0]!) })}
      </Container>
    );
  }
  return (
    <ChartFrame
      title={name}
      zoom="x"
      legend={legend}
      note={note}
      table={{
        columns: [t("data.from"), t("data.to"), ...lines.map(({ id }) => `${id} (%)`)],
        rows: edges
          .slice(0, -1)
          .map((low, bin) => [
            formats.number(low),
            formats.number(edges[bin + 1]!),
            ...lines.map(({ data }) => formats.number(data[bin]!.y)),
          ]),
      }}
    >
      <LineChart
        title={name}
        xLabel={t("data.value")}
        yLabel={t(classes.some(({ name: known }) => known !== null) ? "data.shareOfClass" : "data.shareOfRows")}
        series={lines}
        min={0}
        hasLegend={false}
        isLogarithmic={scale === "log"}
        xFormat={formats.number}
      />
    </ChartFrame>
  );
}
