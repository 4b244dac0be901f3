import { createPacer } from "../pacer.ts";
import type { RawRows } from "../preprocess/preparation.ts";
import { type ColumnDrift, createDriftFit, type Drift } from "./drift.ts";
import { gapPlace, placeOf } from "./place-of.ts";

/**
 * What the KPIs of a model's training file looked like: per KPI some values that cut its range, and per class how many
 * rows lie on and between them.
 */
export interface Reference {
  readonly classCount: number;
  readonly columns: readonly ReferenceColumn[];
  /** Rows per class. */
  readonly classRows: Int32Array;
  /** How the file changed in its own time; models made before that was looked at do not tell. */
  readonly drift?: Drift;
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

const mostCuts = 64;
const leastCuts = 8;
/**
 * Bounds what the reference of many KPIs and classes takes, 4 MB before compression, as long as each KPI keeps its least
 * cuts: 5,000 KPIs and 200 classes take 17 places each, 68 MB before compression.
 */
const mostCounts = 2 ** 20;

/**
 * Counts the rows of a training file.
 * @param rows which rows, in the order of time
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
  const drift = createDriftFit(
    rows.map((row) => labels[row]),
    classCount,
  );
  const drifts: ColumnDrift[] = [];
  const places = new Uint8Array(rows.length);
  for (let column = 0; column < raw.columnCount; column++) {
    await pacer.giveWay();
    const values = rows.length === 0 ? new Float32Array(0) : presentValues(raw, rows, column).sort();
    const cuts = evenCuts(values, cutCount);
    const counts = new Int32Array((2 * cuts.length + 1) * classCount);
    for (const [at, row] of rows.entries()) {
      const place = placeOf(cuts, raw.values[row * raw.columnCount + column]);
      places[at] = place;
      if (place !== gapPlace) counts[place * classCount + labels[row]]++;
    }
    columns.push({ cuts, counts });
    drifts.push(drift.ofColumn(places, 2 * cuts.length + 1));
  }
  const values = Float32Array.from(drifts.flatMap((found) => found.values));
  const gaps = Float32Array.from(drifts.flatMap((found) => found.gaps));
  return { classCount, columns, classRows, drift: { lengths: drift.lengths, values, gaps } };
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
