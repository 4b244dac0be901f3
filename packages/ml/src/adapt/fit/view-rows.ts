import type { Samples } from "../../learners/learner.ts";
import { quantile } from "../../preprocess/quantile.ts";

/** Rows with labels and weights, taken from columns. */
export interface RowPart {
  readonly columns: readonly Float32Array[];
  /** Which rows; default all. */
  readonly rows?: Int32Array;
  /** One per taken row. */
  readonly labels: Int32Array;
  readonly weights: ArrayLike<number>;
}

/** Rows of several parts as a learner takes them, weights brought to a mean of 1. */
export function samplesOf(parts: readonly RowPart[], classCount: number): Samples {
  const columnCount = parts[0].columns.length;
  const rowCount = parts.reduce((sum, { labels }) => sum + labels.length, 0);
  const values = new Float32Array(rowCount * columnCount);
  const labels = new Int32Array(rowCount);
  const weights = new Float32Array(rowCount);
  let first = 0;
  for (const part of parts) {
    values.set(rowsOf(part.columns, part.rows), first * columnCount);
    labels.set(part.labels, first);
    weights.set(Float32Array.from(part.weights), first);
    first += part.labels.length;
  }
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / rowCount;
  for (let row = 0; row < rowCount; row++) weights[row] /= mean;
  return { rowCount, columnCount, values, labels, classCount, weights };
}

/** No rows, of the same columns and classes. */
export function noRows({ columnCount, classCount }: Samples): Samples {
  return {
    rowCount: 0,
    columnCount,
    classCount,
    values: new Float32Array(0),
    labels: new Int32Array(0),
    weights: new Float32Array(0),
  };
}

/** @returns `rows × columns`, row by row */
export function rowsOf(columns: readonly Float32Array[], rows?: Int32Array): Float32Array {
  const rowCount = rows?.length ?? columns[0]?.length ?? 0;
  const values = new Float32Array(rowCount * columns.length);
  for (const [place, column] of columns.entries()) {
    for (let row = 0; row < rowCount; row++) values[row * columns.length + place] = column[rows ? rows[row] : row];
  }
  return values;
}

/** Columns with the gaps of each filled by a number; 0 where there is none. */
export function fillGaps(columns: readonly Float32Array[], fillers: ArrayLike<number>): Float32Array[] {
  return columns.map((column, place) => {
    const filler = Number.isNaN(fillers[place]) ? 0 : fillers[place];
    return column.map((value) => (Number.isNaN(value) ? filler : value));
  });
}

/** Median per column, NaN where it has no number. */
export function mediansOf(columns: readonly Float32Array[]): Float64Array {
  return Float64Array.from(columns, (column) => {
    const present = Float64Array.from(column.filter((value) => !Number.isNaN(value))).sort();
    return present.length === 0 ? Number.NaN : quantile(present, 0.5);
  });
}
