import type { TreeEnsemble } from "../../learners/trees/tree.ts";
import { visitLeaves } from "./visit-leaves.ts";

/**
 * Sums of the trees' leaf values, averaged over what a row's gaps hide.
 * @param values `rows × columnCount`, row by row; NaN is a gap
 * @returns `rows × outputCount`
 */
export function predictThroughGaps(ensemble: TreeEnsemble, values: Float32Array): Float64Array {
  const { columnCount, outputCount, trees } = ensemble;
  const rowCount = values.length / columnCount;
  const sums = new Float64Array(rowCount * outputCount);
  for (const tree of trees) {
    const { valueStarts, outputs, values: leafValues } = tree;
    for (let row = 0; row < rowCount; row++) {
      visitLeaves(tree, values, row * columnCount, (leaf, share) => {
        for (let at = valueStarts[leaf]; at < valueStarts[leaf + 1]; at++) {
          sums[row * outputCount + outputs[at]] += share * leafValues[at];
        }
      });
    }
  }
  return sums;
}
