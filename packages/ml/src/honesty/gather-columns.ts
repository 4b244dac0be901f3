import type { RawRows } from "../preprocess/preparation.ts";

/** Some columns of some rows, row by row. */
export function gatherColumns(raw: RawRows, rows: Int32Array, columns: readonly number[]): Float32Array {
  const gathered = new Float32Array(rows.length * columns.length);
  let cell = 0;
  for (const row of rows) {
    for (const column of columns) gathered[cell++] = raw.values[row * raw.columnCount + column];
  }
  return gathered;
}
