import type { DiagnosisSummary } from "@systemhealer/contract/diagnosis";
import type { DiagnosisSample } from "@systemhealer/contract/diagnosis-sample";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { BarChart } from "../../charts/BarChart.tsx";
import { ChartFrame } from "../../charts/ChartFrame.tsx";
import { classCounts } from "../../charts/class-counts.ts";
import { PieChart } from "../../charts/PieChart.tsx";
import { useFormats } from "../../i18n/use-formats.ts";
import { useResultView } from "../../lib/use-result-view.ts";
import { isSampleKind, type ResultChartKind, sampleKinds, summaryKinds } from "./chart-kinds.ts";
import { useClassNames } from "./class-names.ts";
import { ParallelScales } from "./ParallelScales.tsx";
import { ScatterAxes } from "./RowScatter.tsx";
import { SampleChart } from "./SampleChart.tsx";
import { useChartTables } from "./use-chart-tables.ts";
import { useResultLegend } from "./use-result-legend.ts";

export interface ResultChartsProps {
  /** Under which name the kind of chart is kept; two charts of a page differ. */
  readonly keptAs: "chart" | "secondChart";
  readonly usualKind: (typeof summaryKinds)[number];
  readonly summary: DiagnosisSummary;
  /** Rows drawn at random; not there for diagnoses of earlier versions. */
  readonly sample: DiagnosisSample | undefined;
  readonly onRow: (row: number) => void;
}

/** The diagnosed classes, drawn in the way that was chosen last. */
export function ResultCharts({ keptAs, usualKind, summary, sample, onRow }: ResultChartsProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const classes = useMemo(() => sample?.classes ?? summary.classes.map(({ name }) => name), [sample, summary]);
  const names = useClassNames(classes);
  const kinds: readonly ResultChartKind[] =
    sample && sample.points.length > 0 ? [...summaryKinds, ...sampleKinds] : summaryKinds;
  const [view, changeView] = useResultView();
  const kept = view[keptAs] ?? usualKind;
  const kind = kinds.find((known) => known === kept) ?? "bar";
  const { axes = {}, scale = "ranks" } = view;
  const tables = useChartTables(summary, sample, names.labelOf);

  const counts = classCounts(summary).map(({ name, rows }) => ({ name: names.labelOf(name), value: rows }));
  const title = t(`diagnosis.chart.${kind}`);
  const legend = useResultLegend(kind, summary, sample, names);
  const note =
    sample && isSampleKind(kind)
      ? t(sample.points.length < sample.rows ? "diagnosis.sampleNote" : "diagnosis.wholeNote", {
          shown: formats.integer(sample.points.length),
          all: formats.integer(sample.rows),
        })
      : undefined;

  const draw = () => {
    if (kind === "bar" || !sample) {
      const shown = counts.filter(({ value }) => value > 0);
      return <BarChart title={title} bars={shown} format={formats.integer} colourOf={names.colourOfLabel} />;
    }
    if (!isSampleKind(kind)) {
      return (
        <PieChart
          title={title}
          slices={counts}
          format={formats.integer}
          formatShare={formats.percent}
          colourOf={names.colourOfLabel}
        />
      );
    }
    return (
      <SampleChart kind={kind} title={title} sample={sample} names={names} axes={axes} scale={scale} onRow={onRow} />
    );
  };
  return (
    <ChartFrame
      title={title}
      description={t(`diagnosis.chartHint.${kind}`)}
      table={tables[kind]()}
      kinds={kinds.map((id) => ({ id, label: t(`diagnosis.kind.${id}`) }))}
      kind={kind}
      onKind={(id) => changeView({ [keptAs]: id })}
      zoom="xy"
      legend={legend}
      note={note}
      controls={
        sample &&
        ((kind === "scatter" && (
          <ScatterAxes sample={sample} axes={axes} onChange={(chosen) => changeView({ axes: chosen })} />
        )) ||
          (kind === "parallel" && (
            <ParallelScales scale={scale} onChange={(chosen) => changeView({ scale: chosen })} />
          )))
      }
    >
      <Drawn draw={draw} />
    </ChartFrame>
  );
}

/** Draws within the frame, which shows the table where that fails. */
function Drawn({ draw }: { readonly draw: () => ReactNode }) {
  return draw();
}
