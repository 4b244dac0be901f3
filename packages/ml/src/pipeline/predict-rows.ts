import type { Predictor } from "../diagnose/predictor.ts";
import type { RawRows } from "../preprocess/preparation.ts";

const rowsPerBlock = 4_096;

/**
 * Predicts some rows of a table, taken in blocks so that they are not copied all at once.
 * @returns `rows.length × classCount` probabilities, row by row
 */
export async function predictRows(
  predictor: Predictor,
  raw: RawRows,
  rows: Int32Array,
  classCount: number,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const probabilities = new Float32Array(rows.length * classCount);
  for (let first = 0; first < rows.length; first += rowsPerBlock) {
    signal?.throwIfAborted();
    const block = rows.subarray(first, first + rowsPerBlock);
    probabilities.set(await predictor.predict(gatherRows(raw, block), block.length), first * classCount);
  }
  return probabilities;
}

/** Copies rows one after the other. */
export function gatherRows({ values, columnCount }: RawRows, rows: Int32Array): Float32Array {
  const gathered = new Float32Array(rows.length * columnCount);
  for (const [index, row] of rows.entries()) {
    gathered.set(values.subarray(row * columnCount, (row + 1) * columnCount), index * columnCount);
  }
  return gathered;
}
