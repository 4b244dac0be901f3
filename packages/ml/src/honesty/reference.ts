import { createPacer } from "../pacer.ts";
import type { RawRows } from "../preprocess/preparation.ts";

/**
 * What the KPIs of a model's training file looked like: per KPI some values that cut its range, and per class how many
 * rows lie on and between them.
 */
export interface Reference {
  readonly classCount: number;
  readonly columns: readonly ReferenceColumn[];
  /** Rows per class. */
  readonly classRows: Int32Array;
}

export interface ReferenceColumn {
  /** Rising values that occur in the training file; empty where the column has no number. */
  readonly cuts: Float32Array;
  /**
   * Rows per place and class, place by place: `counts[place × classCount + class]`. Place 2i is below cut i and above
   * the one before, place 2i + 1 is on cut i, the last place is above all. What is missing to `classRows` are gaps.
   */
  readonly counts: Int32Array;
}

/** Place of a gap, which is in no column's counts. */
export const gapPlace = 255;
const mostCuts = 64;
const leastCuts = 8;
/** Bounds what the reference of many KPIs and classes takes: about a megabyte at most in a model file. */
const mostCounts = 2 ** 20;

/**
 * Counts the rows of a training file.
 * @param rows which rows
 * @param labels class index per row of the whole table
 */
export async function fitReference(
  raw: RawRows,
  rows: Int32Array,
  labels: Int32Array,
  classCount: number,
  signal?: AbortSignal,
): Promise<Reference> {
  const pacer = createPacer(signal);
  const affordable = Math.floor(mostCounts / (2 * raw.columnCount * classCount)) - 1;
  const cutCount = Math.max(leastCuts, Math.min(mostCuts, affordable));
  const classRows = new Int32Array(classCount);
  for (const row of rows) classRows[labels[row]]++;
  const columns: ReferenceColumn[] = [];
  for (let column = 0; column < raw.columnCount; column++) {
    await pacer.giveWay();
    const values = rows.length === 0 ? new Float32Array(0) : presentValues(raw, rows, column).sort();
    const cuts = evenCuts(values, cutCount);
    const counts = new Int32Array((2 * cuts.length + 1) * classCount);
    for (const row of rows) {
      const place = placeOf(cuts, raw.values[row * raw.columnCount + column]);
      if (place !== gapPlace) counts[place * classCount + labels[row]]++;
    }
    columns.push({ cuts, counts });
  }
  return { classCount, columns, classRows };
}

/** Where a value lies between the cuts; `gapPlace` for NaN. */
export function placeOf(cuts: Float32Array, value: number): number {
  if (Number.isNaN(value)) return gapPlace;
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cuts[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low < cuts.length && cuts[low] === value ? 2 * low + 1 : 2 * low;
}

function presentValues(raw: RawRows, rows: Int32Array, column: number): Float32Array {
  const values = new Float32Array(rows.length);
  let count = 0;
  for (const row of rows) {
    const value = raw.values[row * raw.columnCount + column];
    if (!Number.isNaN(value)) values[count++] = value;
  }
  return values.subarray(0, count);
}

/** Distinct values at even ranks, the least and the greatest among them. */
function evenCuts(sorted: Float32Array, cutCount: number): Float32Array {
  const cuts: number[] = [];
  for (let cut = 0; cut < cutCount && sorted.length > 0; cut++) {
    const value = sorted[Math.round((cut * (sorted.length - 1)) / (cutCount - 1))];
    if (cuts.length === 0 || value > cuts[cuts.length - 1]) cuts.push(value);
  }
  return Float32Array.from(cuts);
}
