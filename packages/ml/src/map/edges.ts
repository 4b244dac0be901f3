import type { Neighbours } from "../space/nearest-rows.ts";

/** A sparse symmetric matrix: each pair of rows once, `from` below `to`. */
export interface Edges {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly weights: Float64Array;
}

/**
 * Makes weights of neighbours symmetric.
 * @param weights per neighbour of each row
 * @param join of a pair's two weights, 0 where one is not among the other's neighbours
 */
export function joinNeighbours(
  { count, rows }: Neighbours,
  weights: Float64Array,
  join: (one: number, other: number) => number,
): Edges {
  const rowCount = count === 0 ? 0 : rows.length / count;
  const from: number[] = [];
  const to: number[] = [];
  const joined: number[] = [];
  const weightOf = (row: number, wanted: number) => {
    for (let at = row * count; at < (row + 1) * count; at++) if (rows[at] === wanted) return weights[at];
    return 0;
  };
  for (let row = 0; row < rowCount; row++) {
    for (let at = row * count; at < (row + 1) * count; at++) {
      const other = rows[at];
      const back = weightOf(other, row);
      if (other < row && isNeighbour(rows, other, row, count)) continue;
      from.push(Math.min(row, other));
      to.push(Math.max(row, other));
      joined.push(join(weights[at], back));
    }
  }
  return { from: Int32Array.from(from), to: Int32Array.from(to), weights: Float64Array.from(joined) };
}

function isNeighbour(rows: Int32Array, row: number, wanted: number, count: number): boolean {
  for (let at = row * count; at < (row + 1) * count; at++) if (rows[at] === wanted) return true;
  return false;
}
