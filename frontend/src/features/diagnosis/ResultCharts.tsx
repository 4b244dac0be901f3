import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { DiagnosisSummary } from "@systemhealer/contract/diagnosis";
import type { DiagnosisSample } from "@systemhealer/contract/diagnosis-sample";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { BarChart } from "../../charts/BarChart.tsx";
import { ChartFrame } from "../../charts/ChartFrame.tsx";
import { classCounts } from "../../charts/class-counts.ts";
import type { LegendItem } from "../../charts/compose-svg.ts";
import { HeatMapChart } from "../../charts/HeatMapChart.tsx";
import { ParallelChart } from "../../charts/ParallelChart.tsx";
import { PieChart } from "../../charts/PieChart.tsx";
import { mix, rampColour } from "../../charts/palette.ts";
import { ScatterChart } from "../../charts/ScatterChart.tsx";
import { usePalette } from "../../charts/use-palette.ts";
import { useFormats } from "../../i18n/use-formats.ts";
import { useKept } from "../../lib/use-kept.ts";
import { useClassNames } from "./class-names.ts";
import { confidenceLines } from "./series/confidence-lines.ts";
import { deviationLines } from "./series/deviation-lines.ts";
import { type ParallelScale, parallelLines } from "./series/parallel-lines.ts";
import { type ScatterAxis, scatterAxes, scatterGroups } from "./series/scatter-groups.ts";
import { useChartTables } from "./use-chart-tables.ts";

const summaryKinds = ["bar", "pie"] as const;
const sampleKinds = ["scatter", "confidence", "deviation", "parallel"] as const;
type Kind = (typeof summaryKinds)[number] | (typeof sampleKinds)[number];

export interface ResultChartsProps {
  /** Under which name the kind of chart is kept; two charts of a page differ. */
  readonly keptAs: string;
  readonly usualKind: (typeof summaryKinds)[number];
  readonly summary: DiagnosisSummary;
  /** Rows drawn at random; not there for diagnoses of earlier versions. */
  readonly sample: DiagnosisSample | undefined;
  readonly onRow: (row: number) => void;
}

/** Deviations beyond it have the strongest colour. */
const mostDeviation = 3;

/** The diagnosed classes, drawn in the way that was chosen last. */
export function ResultCharts({ keptAs, usualKind, summary, sample, onRow }: ResultChartsProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const palette = usePalette();
  const classes = useMemo(() => sample?.classes ?? summary.classes.map(({ name }) => name), [sample, summary]);
  const names = useClassNames(classes);
  const kinds: readonly Kind[] = sample && sample.points.length > 0 ? [...summaryKinds, ...sampleKinds] : summaryKinds;
  const [kept, setKept] = useKept<Kind>(keptAs, usualKind);
  const kind = kinds.includes(kept) ? kept : "bar";
  const [axes, setAxes] = useState<{ readonly x?: ScatterAxis; readonly y?: ScatterAxis }>({});
  const [scale, setScale] = useKept<ParallelScale>("parallel-scale", "ranks");
  const tables = useChartTables(summary, sample, names.labelOf);

  const counts = classCounts(summary).map(({ name, rows }) => ({ name: names.labelOf(name), value: rows }));
  const title = t(`diagnosis.chart.${kind}`);
  const legend = useLegend(kind, summary, sample, names);
  const note =
    sample && (sampleKinds as readonly string[]).includes(kind)
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
    if (kind === "pie") {
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
    if (kind === "scatter") {
      return <RowScatter title={title} sample={sample} axes={axes} names={names} onRow={onRow} />;
    }
    if (kind === "confidence") {
      const { lines, firstBand } = confidenceLines(sample);
      return (
        <HeatMapChart
          title={title}
          lines={lines}
          columns={bandNames(formats.percent, firstBand)}
          colourOf={(value) => (value === null ? palette.empty : rampColour(palette.sequence, value))}
          format={(value) => (value === null ? t("common.none") : formats.percent(value))}
          labelled
        />
      );
    }
    if (kind === "deviation") {
      const [low, middle, high] = palette.divergence;
      const { lines } = deviationLines(sample, (diagnosis) => names.labelOf(sample.classes[diagnosis] ?? ""));
      return (
        <HeatMapChart
          title={title}
          lines={lines}
          columns={sample.kpis}
          colourOf={(value) => {
            if (value === null) return palette.empty;
            const strength = Math.min(1, Math.abs(value) / mostDeviation);
            return mix(middle, value < 0 ? low : high, strength);
          }}
          format={(value) =>
            value === null ? t("diagnosis.gap") : t("diagnosis.deviations", { value: formats.number(value) })
          }
        />
      );
    }
    const { lines, valueAt } = parallelLines(sample, scale);
    return (
      <ParallelChart
        title={title}
        axes={sample.kpis}
        lines={lines}
        colourOf={names.colourOf}
        format={(place, axis) => formats.number(valueAt(place, axis))}
        gapLabel={t("diagnosis.gap")}
      />
    );
  };
  return (
    <ChartFrame
      title={title}
      description={t(`diagnosis.chartHint.${kind}`)}
      table={tables[kind]()}
      kinds={kinds.map((id) => ({ id, label: t(`diagnosis.kind.${id}`) }))}
      kind={kind}
      onKind={(id) => setKept(id as Kind)}
      zoom="xy"
      legend={legend}
      note={note}
      controls={
        sample &&
        ((kind === "scatter" && <ScatterAxes sample={sample} axes={axes} onChange={setAxes} />) ||
          (kind === "parallel" && <ParallelScales scale={scale} onChange={setScale} />))
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

interface RowScatterProps {
  readonly title: string;
  readonly sample: DiagnosisSample;
  readonly axes: { readonly x?: ScatterAxis; readonly y?: ScatterAxis };
  readonly names: ReturnType<typeof useClassNames>;
  readonly onRow: (row: number) => void;
}

function RowScatter({ title, sample, axes, names, onRow }: RowScatterProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const label = useAxisLabel();
  const [x, y] = chosenAxes(sample, axes);
  const groups = useMemo(
    () => scatterGroups(sample, x, y).map((group) => ({ ...group, colour: names.colourOf(group.name) })),
    [sample, x, y, names],
  );
  const points = useMemo(() => new Map(sample.points.map((point) => [point.row, point])), [sample]);
  return (
    <ScatterChart
      title={title}
      groups={groups}
      xLabel={label(x)}
      yLabel={label(y)}
      format={formats.number}
      onPoint={onRow}
      describe={(row) => {
        const point = points.get(row);
        if (!point) return null;
        return (
          <div className="chart-tooltip">
            {t("diagnosis.pointOf", {
              row: formats.integer(row),
              name: names.labelOf(sample.classes[point.diagnosis] ?? ""),
              confidence: formats.percent(point.confidence),
            })}
          </div>
        );
      }}
    />
  );
}

function chosenAxes(
  sample: DiagnosisSample,
  { x, y }: { readonly x?: ScatterAxis; readonly y?: ScatterAxis },
): readonly [ScatterAxis, ScatterAxis] {
  const all = scatterAxes(sample);
  return [x && all.includes(x) ? x : all[0]!, y && all.includes(y) ? y : (all[1] ?? all[0]!)];
}

interface ScatterAxesProps {
  readonly sample: DiagnosisSample;
  readonly axes: { readonly x?: ScatterAxis; readonly y?: ScatterAxis };
  readonly onChange: (axes: { readonly x?: ScatterAxis; readonly y?: ScatterAxis }) => void;
}

function ScatterAxes({ sample, axes, onChange }: ScatterAxesProps) {
  const { t } = useTranslation();
  const label = useAxisLabel();
  const options = scatterAxes(sample).map((axis) => ({ value: axis, label: label(axis) }));
  const [x, y] = chosenAxes(sample, axes);
  return (
    <SpaceBetween direction="horizontal" size="m">
      {(
        [
          ["x", x],
          ["y", y],
        ] as const
      ).map(([key, chosen]) => (
        <FormField key={key} label={t(`diagnosis.axis.${key}`)}>
          <Select
            selectedOption={options.find(({ value }) => value === chosen) ?? null}
            options={options}
            expandToViewport
            onChange={({ detail }) => onChange({ ...axes, [key]: detail.selectedOption.value as ScatterAxis })}
          />
        </FormField>
      ))}
    </SpaceBetween>
  );
}

interface ParallelScalesProps {
  readonly scale: ParallelScale;
  readonly onChange: (scale: ParallelScale) => void;
}

function ParallelScales({ scale, onChange }: ParallelScalesProps) {
  const { t } = useTranslation();
  const options = (["ranks", "values"] as const).map((value) => ({ value, label: t(`diagnosis.scale.${value}`) }));
  return (
    <FormField label={t("diagnosis.scale.label")}>
      <Select
        selectedOption={options.find(({ value }) => value === scale) ?? null}
        options={options}
        expandToViewport
        onChange={({ detail }) => onChange(detail.selectedOption.value as ParallelScale)}
      />
    </FormField>
  );
}

function useAxisLabel(): (axis: ScatterAxis) => string {
  const { t } = useTranslation();
  return (axis) => {
    if (axis === "map-x" || axis === "map-y") return t(`diagnosis.axis.${axis === "map-x" ? "mapX" : "mapY"}`);
    if (axis === "confidence" || axis === "novelty") return t(`diagnosis.axis.${axis}`);
    return axis.slice("kpi:".length);
  };
}

function useLegend(
  kind: Kind,
  summary: DiagnosisSummary,
  sample: DiagnosisSample | undefined,
  { labelOf, colourOf }: ReturnType<typeof useClassNames>,
): readonly LegendItem[] {
  const { t } = useTranslation();
  const formats = useFormats();
  const palette = usePalette();
  if (kind === "bar") return [];
  if (kind === "confidence") {
    return [0, 0.25, 0.5, 0.75, 1].map((share) => ({
      label: formats.percent(share),
      colour: rampColour(palette.sequence, share),
    }));
  }
  if (kind === "deviation") {
    const [low, middle, high] = palette.divergence;
    return [
      { label: t("diagnosis.farBelow"), colour: low },
      { label: t("diagnosis.usual"), colour: middle },
      { label: t("diagnosis.farAbove"), colour: high },
      { label: t("diagnosis.gap"), colour: palette.empty },
    ];
  }
  const shown =
    kind === "pie" || !sample
      ? classCounts(summary).flatMap(({ name, rows }) => (rows > 0 ? [name] : []))
      : [...new Set(sample.points.map(({ diagnosis }) => sample.classes[diagnosis] ?? ""))].sort();
  return shown.map((name) => ({ label: labelOf(name), colour: colourOf(name) }));
}

/** "40 % – 50 %" and so on. */
export function bandNames(percent: (share: number) => string, firstBand: number): string[] {
  return Array.from({ length: 10 - firstBand }, (_, index) => {
    const band = firstBand + index;
    return `${percent(band / 10)} – ${percent((band + 1) / 10)}`;
  });
}
