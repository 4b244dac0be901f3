import type { Predictor } from "../diagnose/predictor.ts";
import { mostProbable } from "../metrics/most-probable.ts";
import type { RawRows } from "../preprocess/preparation.ts";

const rowsPerBlock = 4_096;

/**
 * The predicted class of some rows of a table, taken in blocks so that they are not copied all at once.
 * @returns class index per row of `rows`
 */
export async function predictRows(
  predictor: Predictor,
  raw: RawRows,
  rows: Int32Array,
  classCount: number,
  signal?: AbortSignal,
): Promise<Int32Array> {
  const classes = new Int32Array(rows.length);
  for (let first = 0; first < rows.length; first += rowsPerBlock) {
    signal?.throwIfAborted();
    const block = rows.subarray(first, first + rowsPerBlock);
    const probabilities = await predictor.predict(gatherRows(raw, block), block.length);
    classes.set(mostProbable(probabilities, classCount), first);
  }
  return classes;
}

/** Copies rows one after the other. */
export function gatherRows({ values, columnCount }: RawRows, rows: Int32Array): Float32Array {
  const gathered = new Float32Array(rows.length * columnCount);
  for (const [index, row] of rows.entries()) {
    gathered.set(values.subarray(row * columnCount, (row + 1) * columnCount), index * columnCount);
  }
  return gathered;
}
