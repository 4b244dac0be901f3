import type { Predictor } from "../diagnose/shared-predictor.ts";
import type { RawRows } from "../preprocess/preparation.ts";
import { windowRows } from "../window/window-rows.ts";

const mostRowsPerBlock = 4_096;
const numbersPerBlock = 2 ** 22;

/**
 * Predicts some rows of a table, taken in blocks so that they are not copied all at once.
 * @param steps rows of the windows that the predictor takes
 * @returns `rows.length × classCount` probabilities, row by row
 */
export async function predictRows(
  predictor: Predictor,
  raw: RawRows,
  rows: Int32Array,
  classCount: number,
  signal?: AbortSignal,
  steps = 1,
): Promise<Float32Array> {
  const probabilities = new Float32Array(rows.length * classCount);
  const rowsPerBlock = Math.max(1, Math.min(mostRowsPerBlock, Math.floor(numbersPerBlock / (steps * raw.columnCount))));
  for (let first = 0; first < rows.length; first += rowsPerBlock) {
    signal?.throwIfAborted();
    const block = rows.subarray(first, first + rowsPerBlock);
    probabilities.set(await predictor.predict(gatherWindows(raw, block, steps), block.length), first * classCount);
  }
  return probabilities;
}

/** Copies the windows of rows one after the other, each with its oldest row first. */
export function gatherWindows(raw: RawRows, rows: Int32Array, steps: number): Float32Array {
  return gatherRows(raw, windowRows(raw, rows, steps));
}

/** Copies rows one after the other. */
export function gatherRows({ values, columnCount }: RawRows, rows: Int32Array): Float32Array {
  const gathered = new Float32Array(rows.length * columnCount);
  for (const [index, row] of rows.entries()) {
    gathered.set(values.subarray(row * columnCount, (row + 1) * columnCount), index * columnCount);
  }
  return gathered;
}
