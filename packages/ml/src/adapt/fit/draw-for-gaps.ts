import type { Random } from "../../random/random.ts";

/**
 * Fills each gap with a number drawn from its column; 0 where the column has none.
 * @param values `rows × columnCount`, row by row; NaN is a gap
 * @returns a copy
 */
export function drawForGaps(values: Float32Array, columnCount: number, random: Random): Float32Array {
  const filled = values.slice();
  for (let column = 0; column < columnCount; column++) {
    const present: number[] = [];
    for (let cell = column; cell < values.length; cell += columnCount) {
      if (!Number.isNaN(values[cell])) present.push(values[cell]);
    }
    for (let cell = column; cell < values.length; cell += columnCount) {
      if (Number.isNaN(values[cell])) filled[cell] = present.length > 0 ? present[random.below(present.length)] : 0;
    }
  }
  return filled;
}
