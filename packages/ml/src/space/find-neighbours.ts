import { createPacer } from "../pacer.ts";
import { NearestRows, type Neighbours } from "./nearest-rows.ts";

/**
 * The nearest other rows of every row, exactly.
 * @param values `rowCount × width`, row by row, finite
 * @param wanted of each row; no more than there are other rows
 */
export async function findNeighbours(
  values: Float32Array,
  rowCount: number,
  width: number,
  wanted: number,
  signal?: AbortSignal,
): Promise<Neighbours> {
  const pacer = createPacer(signal);
  const count = Math.max(0, Math.min(wanted, rowCount - 1));
  const rows = new Int32Array(rowCount * count);
  const squares = new Float64Array(rowCount * count);
  if (count === 0) return { count, rows, squares };
  const index = new NearestRows(values, rowCount, width);
  for (let row = 0; row < rowCount; row++) {
    if (row % 16 === 0) await pacer.giveWay();
    const from = row * count;
    const to = from + count;
    index.search(values, row * width, rows.subarray(from, to), squares.subarray(from, to), row);
  }
  return { count, rows, squares };
}
