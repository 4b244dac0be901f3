import { hold, largestFloat32 } from "./hold.ts";
import type { RawRows } from "./preparation.ts";

/** Numbers of a column in some rows, without gaps, held within float32. */
export function presentValues(raw: RawRows, rows: Int32Array, column: number): Float64Array {
  const values = new Float64Array(rows.length);
  let count = 0;
  for (const row of rows) {
    const value = raw.values[row * raw.columnCount + column];
    if (!Number.isNaN(value)) values[count++] = hold(value, largestFloat32);
  }
  return values.subarray(0, count);
}
