import { leafOf, type TreeEnsemble } from "./tree.ts";

/**
 * Sums of the trees' leaf values.
 * @param values `rowCount × columnCount` float32 values, row by row; NaN is a gap
 * @returns `rowCount × outputCount`, row by row
 */
export function predictEnsemble(ensemble: TreeEnsemble, values: Float32Array, rowCount: number): Float64Array {
  const { columnCount, outputCount, base, trees } = ensemble;
  const sums = new Float64Array(rowCount * outputCount);
  for (let row = 0; row < rowCount; row++) sums.set(base, row * outputCount);
  for (const tree of trees) {
    for (let row = 0; row < rowCount; row++) {
      const leaf = leafOf(tree, values, row * columnCount);
      const offset = row * outputCount;
      if (tree.output >= 0) sums[offset + tree.output] += tree.values[leaf];
      else for (let k = 0; k < outputCount; k++) sums[offset + k] += tree.values[leaf * outputCount + k];
    }
  }
  return sums;
}
