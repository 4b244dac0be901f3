import type { DiagnosisSample } from "@systemhealer/contract/diagnosis-sample";
import type { HeatLine } from "../../../charts/heat-lines.ts";

/** Quartiles of a normal distribution lie this many standard deviations apart. */
const quartileDistance = 1.349;

export interface DeviationHeat {
  readonly lines: readonly HeatLine[];
  /** Row number of each line. */
  readonly rows: readonly number[];
}

/**
 * How far each row's KPIs lie from the sample's median, in robust standard deviations (interquartile range / 1.349).
 * Rows of a class stand together, the surest first. A KPI that hardly varies deviates by its sign only.
 */
export function deviationLines(sample: DiagnosisSample, labelOf: (diagnosis: number) => string): DeviationHeat {
  const scales = sample.kpis.map((_, column) => scaleOf(sample.points.map(({ values }) => values[column] ?? null)));
  const ordered = sample.points.toSorted(
    (one, other) => orderOf(one.diagnosis) - orderOf(other.diagnosis) || other.confidence - one.confidence,
  );
  const lines = ordered.map(({ diagnosis, row, values }) => ({
    label: `${labelOf(diagnosis)} · ${row}`,
    group: labelOf(diagnosis),
    values: scales.map(({ median, deviation }, column) => {
      const value = values[column];
      if (value == null) return null;
      return deviation > 0 ? (value - median) / deviation : Math.sign(value - median);
    }),
  }));
  return { lines, rows: ordered.map(({ row }) => row) };
}

/** Unknown rows come last. */
const orderOf = (diagnosis: number) => (diagnosis < 0 ? Number.MAX_SAFE_INTEGER : diagnosis);

function scaleOf(values: readonly (number | null)[]): { readonly median: number; readonly deviation: number } {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (known.length === 0) return { median: 0, deviation: 0 };
  return {
    median: quantile(known, 0.5),
    deviation: (quantile(known, 0.75) - quantile(known, 0.25)) / quartileDistance,
  };
}

/** Of sorted values, linear between neighbours. */
function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const low = Math.floor(place);
  const [one, other] = [sorted[low]!, sorted[Math.min(sorted.length - 1, low + 1)]!];
  return one + (other - one) * (place - low);
}
