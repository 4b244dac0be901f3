import type { DiagnosisSample } from "@systemhealer/contract/diagnosis-sample";
import type { ParallelLine } from "../../../charts/parallel-axes.ts";

/** `ranks`: values are spread evenly over each axis, whatever their size; `values`: as large as they are. */
export type ParallelScale = "ranks" | "values";

export interface ParallelRows {
  readonly lines: readonly ParallelLine[];
  /** The value at a place of an axis. */
  readonly valueAt: (place: number, axis: number) => number;
}

/**
 * The sample's rows as lines over its KPIs. Frequent classes are drawn first, so that they do not hide rare ones;
 * before them unknown rows.
 */
export function parallelLines(sample: DiagnosisSample, scale: ParallelScale): ParallelRows {
  const { classes, kpis, points } = sample;
  const counts = new Map<number, number>();
  for (const { diagnosis } of points) counts.set(diagnosis, (counts.get(diagnosis) ?? 0) + 1);
  const order = (diagnosis: number) => (diagnosis < 0 ? Number.POSITIVE_INFINITY : counts.get(diagnosis)!);
  const sorted = kpis.map((_, column) =>
    Float64Array.from(points.flatMap(({ values }) => values[column] ?? [])).sort(),
  );
  const place = (value: number, axis: number) => (scale === "values" ? value : rankOf(sorted[axis]!, value));
  const lines = points
    .toSorted((one, other) => order(other.diagnosis) - order(one.diagnosis) || one.diagnosis - other.diagnosis)
    .map(({ row, diagnosis, values }) => ({
      key: row,
      group: classes[diagnosis] ?? "",
      values: values.map((value, axis) => (value === null ? null : place(value, axis))),
    }));
  const valueAt = (at: number, axis: number) => (scale === "values" ? at : quantileOf(sorted[axis]!, at));
  return { lines, valueAt };
}

/** Share of the sorted values below it, equal ones counted by half; the lowest is at 0, the highest at 1. */
function rankOf(sorted: Float64Array, value: number): number {
  const [first, end] = [firstAtLeast(sorted, value), firstAbove(sorted, value)];
  return sorted.length > 1 ? (first + end - 1) / 2 / (sorted.length - 1) : 0.5;
}

function quantileOf(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) return 0;
  const index = Math.round(Math.min(1, Math.max(0, share)) * (sorted.length - 1));
  return sorted[index]!;
}

function firstAtLeast(sorted: Float64Array, value: number): number {
  return search(sorted, (entry) => entry >= value);
}

function firstAbove(sorted: Float64Array, value: number): number {
  return search(sorted, (entry) => entry > value);
}

/** The first place whose value holds; it holds for all that follow. */
function search(sorted: Float64Array, holds: (value: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
