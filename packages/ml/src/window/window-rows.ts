import type { RawRows } from "../preprocess/preparation.ts";

/**
 * The rows of each row's window, the oldest first; where a series has no more rows before, its first is repeated.
 * @returns `rows.length × steps` row indexes
 */
export function windowRows({ previous }: Pick<RawRows, "previous">, rows: Int32Array, steps: number): Int32Array {
  if (steps === 1) return rows;
  if (!previous) throw new RangeError("windows need to know which row comes before which");
  const members = new Int32Array(rows.length * steps);
  for (const [place, row] of rows.entries()) {
    let member = row;
    for (let step = steps - 1; step >= 0; step--) {
      members[place * steps + step] = member;
      if (previous[member] >= 0) member = previous[member];
    }
  }
  return members;
}
