import type { Tree, TreeEnsemble } from "../tree.ts";

/** Trees that are kept before any is cut: with fewer, a forest's answers become coarse. */
const leastTrees = 100;

export function nodesOf({ trees }: Pick<TreeEnsemble, "trees">): number {
  return trees.reduce((sum, { columns }) => sum + columns.length, 0);
}

/**
 * A forest of at most so many nodes. First trees are left out, which are all alike in what they are worth; then nodes
 * with the least cover become leaves, as if the trees had been grown for more rows a node.
 * @param forest whose answer is the mean of its trees, each leaf holding its share of it
 * @param mostNodes at least one per tree is kept
 */
export function shrinkForest(forest: TreeEnsemble, mostNodes: number): TreeEnsemble {
  const nodes = nodesOf(forest);
  if (nodes <= mostNodes) return forest;
  const count = forest.trees.length;
  const kept = Math.min(count, Math.max(leastTrees, Math.floor((count * mostNodes) / nodes)));
  const trees = forest.trees.slice(0, kept);
  const limit = nodesOf({ trees }) > mostNodes ? coverLimit(trees, Math.floor((mostNodes - kept) / 2)) : 0;
  return { ...forest, trees: trees.map((tree) => cut(tree, limit, count / kept, forest.outputCount)) };
}

/** The cover that a node has to exceed to be no leaf, so that at most so many are none. */
function coverLimit(trees: readonly Tree[], mostBranches: number): number {
  const covers = trees.flatMap(({ columns, cover }) => [...cover].filter((_, node) => columns[node] >= 0));
  covers.sort((one, other) => other - one);
  return covers[Math.max(0, mostBranches)] ?? 0;
}

/** @param factor by which the values of leaves grow, for the trees that were left out */
function cut(tree: Tree, limit: number, factor: number, outputCount: number): Tree {
  const columns: number[] = [];
  const thresholds: number[] = [];
  const gapsLeft: number[] = [];
  const left: number[] = [];
  const right: number[] = [];
  const cover: number[] = [];
  const valueStarts: number[] = [0];
  const outputs: number[] = [];
  const values: number[] = [];
  const sources = [0];
  for (let place = 0; place < sources.length; place++) {
    const node = sources[place];
    const branches = tree.columns[node] >= 0 && tree.cover[node] > limit;
    columns.push(branches ? tree.columns[node] : -1);
    thresholds.push(branches ? tree.thresholds[node] : 0);
    gapsLeft.push(branches ? tree.gapsLeft[node] : 0);
    cover.push(tree.cover[node]);
    left.push(branches ? sources.length : 0);
    right.push(branches ? sources.length + 1 : 0);
    if (branches) sources.push(tree.left[node], tree.right[node]);
    else {
      for (const [output, value] of meanBelow(tree, node, outputCount).entries()) {
        if (value === 0) continue;
        outputs.push(output);
        values.push(value * factor);
      }
    }
    valueStarts.push(values.length);
  }
  return {
    columns: Int32Array.from(columns),
    thresholds: Float32Array.from(thresholds),
    gapsLeft: Uint8Array.from(gapsLeft),
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    cover: Float32Array.from(cover),
    valueStarts: Int32Array.from(valueStarts),
    outputs: Int32Array.from(outputs),
    values: Float32Array.from(values),
  };
}

/** What the rows of a node are answered on average. */
function meanBelow(tree: Tree, top: number, outputCount: number): Float64Array {
  const sums = new Float64Array(outputCount);
  let total = 0;
  const open = [top];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (tree.columns[node] >= 0) {
      open.push(tree.left[node], tree.right[node]);
      continue;
    }
    total += tree.cover[node];
    for (let at = tree.valueStarts[node]; at < tree.valueStarts[node + 1]; at++) {
      sums[tree.outputs[at]] += tree.cover[node] * tree.values[at];
    }
  }
  return sums.map((sum) => sum / total);
}
