import type { EpochPoint } from "@systemhealer/contract/run";

export interface Series {
  readonly id: string;
  readonly data: readonly { readonly x: number; readonly y: number }[];
}

type Measure = Exclude<keyof EpochPoint, "epoch">;

/** One line per measure over the epochs; values that are no number are gaps that the line passes over. */
export function curveSeries(curve: readonly EpochPoint[], names: Partial<Record<Measure, string>>): Series[] {
  return Object.entries(names).map(([measure, id]) => ({
    id,
    data: curve
      .map((point) => ({ x: point.epoch, y: point[measure as Measure] }))
      .filter(({ y }) => Number.isFinite(y)),
  }));
}

export function pointCount(series: readonly Series[]): number {
  return series.reduce((sum, { data }) => sum + data.length, 0);
}
