import { leafOf, type TreeEnsemble } from "./tree.ts";

/** Rows that are taken through all trees before the next ones, so that their values stay in the cache. */
const rowsAtATime = 64;

/**
 * Sums of the trees' leaf values.
 * @param values `rowCount × columnCount` float32 values, row by row; NaN is a gap
 * @returns `rowCount × outputCount`, row by row
 */
export function predictEnsemble(ensemble: TreeEnsemble, values: Float32Array, rowCount: number): Float64Array {
  const { columnCount, outputCount, base, trees } = ensemble;
  const sums = new Float64Array(rowCount * outputCount);
  for (let row = 0; row < rowCount; row++) sums.set(base, row * outputCount);
  for (let first = 0; first < rowCount; first += rowsAtATime) {
    const end = Math.min(rowCount, first + rowsAtATime);
    for (const tree of trees) {
      const { valueStarts, outputs, values: leafValues } = tree;
      for (let row = first; row < end; row++) {
        const leaf = leafOf(tree, values, row * columnCount);
        const last = valueStarts[leaf + 1];
        for (let at = valueStarts[leaf]; at < last; at++) sums[row * outputCount + outputs[at]] += leafValues[at];
      }
    }
  }
  return sums;
}
