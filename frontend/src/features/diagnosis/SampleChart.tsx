import type { DiagnosisSample } from "@systemhealer/contract/diagnosis-sample";
import { useTranslation } from "react-i18next";
import { HeatMapChart } from "../../charts/HeatMapChart.tsx";
import { ParallelChart } from "../../charts/ParallelChart.tsx";
import { mix, rampColour } from "../../charts/palette.ts";
import { usePalette } from "../../charts/use-palette.ts";
import { useFormats } from "../../i18n/use-formats.ts";
import type { SampleChartKind } from "./chart-kinds.ts";
import type { ClassNames } from "./class-names.ts";
import { type ChosenAxes, RowScatter } from "./RowScatter.tsx";
import { bandNames, confidenceLines } from "./series/confidence-lines.ts";
import { deviationLines } from "./series/deviation-lines.ts";
import { type ParallelScale, parallelLines } from "./series/parallel-lines.ts";

export interface SampleChartProps {
  readonly kind: SampleChartKind;
  readonly title: string;
  readonly sample: DiagnosisSample;
  readonly names: ClassNames;
  /** Of the points. */
  readonly axes: ChosenAxes;
  /** Of the parallel coordinates. */
  readonly scale: ParallelScale;
  readonly onRow: (row: number) => void;
}

/** Deviations beyond it have the strongest colour. */
const mostDeviation = 3;

/** Single rows of a result, drawn in one of the ways that need them. */
export function SampleChart({ kind, title, sample, names, axes, scale, onRow }: SampleChartProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const palette = usePalette();
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
}
