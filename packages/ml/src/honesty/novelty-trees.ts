import type { Samples } from "../learners/learner.ts";
import { predictEnsemble } from "../learners/trees/predict-ensemble.ts";
import type { TreeEnsemble } from "../learners/trees/tree.ts";
import { createPacer } from "../pacer.ts";
import type { RawRows } from "../preprocess/preparation.ts";
import { gatherColumns } from "./gather-columns.ts";
import { type PartScale, scaleOf } from "./part-scale.ts";

/** Trees of the known classes, and how what they tell spreads over rows that they did not learn from. */
export interface NoveltyTrees {
  readonly ensemble: TreeEnsemble;
  readonly scale: PartScale;
}

/** A number per row from an ensemble's sums. */
export type TellRows = (
  ensemble: TreeEnsemble,
  raw: RawRows,
  rows: Int32Array,
  signal?: AbortSignal,
) => Promise<Float64Array>;

const leastRows = 30;
const mostRows = 20_000;
const mostCells = 2 ** 24;
const rowsAtOnce = 512;

/**
 * Fits trees to all rows, and to every other one for the scale of what they tell of the rest.
 * @param rows which rows
 * @param labels class index per row of `rows`
 * @returns undefined where there are next to no rows
 */
export async function fitTwice(
  raw: RawRows,
  rows: Int32Array,
  labels: Int32Array,
  classCount: number,
  fit: (samples: Samples) => Promise<TreeEnsemble>,
  tell: TellRows,
  signal?: AbortSignal,
): Promise<NoveltyTrees | undefined> {
  const most = Math.min(mostRows, Math.floor(mostCells / raw.columnCount));
  const step = Math.max(1, Math.ceil(rows.length / most));
  const places = Int32Array.from(rows.keys()).filter((place) => place % step === 0);
  if (places.length < leastRows) return undefined;
  const fitTo = (some: Int32Array) => fit(samplesOf(raw, rows, labels, some, classCount));
  const half = await fitTo(places.filter((_, at) => at % 2 === 0));
  const others = places.filter((_, at) => at % 2 === 1).map((place) => rows[place]);
  return { ensemble: await fitTo(places), scale: scaleOf(await tell(half, raw, others, signal)) };
}

/** Samples of the same shape without a row. */
export function noRowsOf(samples: Samples): Samples {
  const none = { values: new Float32Array(0), labels: new Int32Array(0), weights: new Float32Array(0) };
  return { ...samples, ...none, rowCount: 0 };
}

/** Each class has the same weight. */
function samplesOf(
  raw: RawRows,
  rows: Int32Array,
  labels: Int32Array,
  places: Int32Array,
  classCount: number,
): Samples {
  const { columnCount } = raw;
  const own = places.map((place) => labels[place]);
  const counts = new Float64Array(classCount);
  for (const label of own) counts[label]++;
  const occurring = counts.filter((count) => count > 0).length;
  const columns = Array.from({ length: columnCount }, (_, column) => column);
  return {
    rowCount: places.length,
    columnCount,
    values: gatherColumns(
      raw,
      places.map((place) => rows[place]),
      columns,
    ),
    labels: own,
    classCount,
    weights: Float32Array.from(own, (label) => places.length / (occurring * counts[label])),
  };
}

/** @param tell number of a row from the sums of its leaves, one per class */
export async function tellEachRow(
  ensemble: TreeEnsemble,
  raw: RawRows,
  rows: Int32Array,
  tell: (sums: Float64Array) => number,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const { outputCount, columnCount } = ensemble;
  const pacer = createPacer(signal);
  const columns = Array.from({ length: columnCount }, (_, column) => column);
  const found = new Float64Array(rows.length);
  for (let first = 0; first < rows.length; first += rowsAtOnce) {
    await pacer.giveWay();
    const some = rows.subarray(first, first + rowsAtOnce);
    const sums = predictEnsemble(ensemble, gatherColumns(raw, some, columns), some.length);
    for (let row = 0; row < some.length; row++) {
      found[first + row] = tell(sums.subarray(row * outputCount, (row + 1) * outputCount));
    }
  }
  return found;
}
