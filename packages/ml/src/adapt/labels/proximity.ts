import type { TreeEnsemble } from "../../learners/trees/tree.ts";
import { createPacer } from "../../pacer.ts";
import { visitLeaves } from "../fit/visit-leaves.ts";

/**
 * How often rows come to the same leaf as some of them do (L. Breiman, 2001), those with gaps by shares; 1 for a row and
 * itself.
 * @param values `rows × columnCount`, row by row; NaN is a gap
 * @param wanted numbers of some rows
 * @returns `rows × wanted`, row by row
 */
export async function proximityTo(
  { columnCount, trees }: TreeEnsemble,
  values: Float32Array,
  wanted: Int32Array,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const pacer = createPacer(signal);
  const rowCount = values.length / columnCount;
  const shared = new Float64Array(rowCount * wanted.length);
  const own = new Float64Array(rowCount);
  for (const tree of trees) {
    await pacer.giveWay();
    const inLeaf = new Map<number, { readonly place: number; readonly share: number }[]>();
    for (const [place, row] of wanted.entries()) {
      visitLeaves(tree, values, row * columnCount, (leaf, share) => {
        const entries = inLeaf.get(leaf) ?? [];
        entries.push({ place, share });
        inLeaf.set(leaf, entries);
      });
    }
    for (let row = 0; row < rowCount; row++) {
      visitLeaves(tree, values, row * columnCount, (leaf, share) => {
        own[row] += share * share;
        for (const other of inLeaf.get(leaf) ?? []) shared[row * wanted.length + other.place] += share * other.share;
      });
    }
  }
  for (let row = 0; row < rowCount; row++) {
    await pacer.giveWay();
    for (const [place, other] of wanted.entries()) {
      shared[row * wanted.length + place] /= Math.sqrt(own[row] * own[other]);
    }
  }
  return shared;
}
