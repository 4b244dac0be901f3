import type { Tree } from "../../learners/trees/tree.ts";

/** A share of a row less than this is not followed into a branch of its own. */
const leastShare = 0.01;

/**
 * Takes a row down a tree. Where a node asks for a gap, the row goes both ways, in proportion to the training rows that
 * did (J. R. Quinlan, C4.5, 1993): what the gap hides is averaged over.
 * @param offset of the row in `values`; NaN is a gap
 * @param visit is called once per leaf that is reached; the shares sum up to 1
 */
export function visitLeaves(
  tree: Tree,
  values: Float32Array,
  offset: number,
  visit: (leaf: number, share: number) => void,
): void {
  const { columns, thresholds, left, right, cover } = tree;
  const nodes = [0];
  const shares = [1];
  while (nodes.length > 0) {
    let node = nodes.pop() ?? 0;
    let share = shares.pop() ?? 0;
    for (let column = columns[node]; column >= 0; column = columns[node]) {
      const value = values[offset + column];
      if (!Number.isNaN(value)) {
        node = value <= thresholds[node] ? left[node] : right[node];
        continue;
      }
      const toLeft: number = cover[left[node]] / cover[node];
      const less: number = toLeft >= 0.5 ? right[node] : left[node];
      const more: number = toLeft >= 0.5 ? left[node] : right[node];
      const rest = share * Math.min(toLeft, 1 - toLeft);
      if (rest >= leastShare) {
        nodes.push(less);
        shares.push(rest);
        share -= rest;
      }
      node = more;
    }
    visit(node, share);
  }
}
