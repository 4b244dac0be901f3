import { goesLeft, type Tree, type TreeEnsemble } from "../tree.ts";

export interface Contributions {
  /** Expected output of each of the ensemble's outputs over the training rows. */
  readonly base: Float64Array;
  /** `columnCount × outputCount`, column by column: how far a column moves the outputs away from `base`. */
  readonly values: Float64Array;
}

/**
 * Exact Shapley values of one row, "path-dependent": what is not known goes the ways of the training rows
 * (S. Lundberg et al., "Consistent Individualized Feature Attribution for Tree Ensembles", 2018, algorithm 2).
 * `base` and the values of all columns add up to the ensemble's output.
 * @param row `columnCount` float32 values; NaN is a gap
 */
export function explainRow(ensemble: TreeEnsemble, row: Float32Array): Contributions {
  const { columnCount, outputCount, trees } = ensemble;
  const base = Float64Array.from(ensemble.base);
  const values = new Float64Array(columnCount * outputCount);
  const deepest = trees.reduce((most, tree) => Math.max(most, depthOf(tree)), 0);
  const path = new PathStack(deepest);
  for (const tree of trees) {
    addExpectation(tree, base);
    descend(tree, row, path, 0, 0, { share: 1, follows: 1, column: -1 }, values, outputCount);
  }
  return { base, values };
}

/** What is known of a column on the way: the share of rows that go on when it is unknown, and whether this row does. */
interface Step {
  readonly share: number;
  readonly follows: number;
  readonly column: number;
}

/**
 * The paths from the root to the node at hand, one above the other: element i of a path holds a column with its
 * fractions, and the weight of the subsets of i columns.
 */
class PathStack {
  readonly columns: Int32Array;
  readonly shares: Float64Array;
  readonly follows: Float64Array;
  readonly weights: Float64Array;

  constructor(deepest: number) {
    const size = ((deepest + 2) * (deepest + 3)) / 2 + deepest + 2;
    this.columns = new Int32Array(size);
    this.shares = new Float64Array(size);
    this.follows = new Float64Array(size);
    this.weights = new Float64Array(size);
  }

  /** Copies the path of `length` elements at `from` to `to` and puts a step on its end. */
  extend(from: number, to: number, length: number, { share, follows, column }: Step): void {
    const { weights } = this;
    if (from !== to) {
      for (const array of [this.columns, this.shares, this.follows, weights]) {
        array.copyWithin(to, from, from + length);
      }
    }
    this.columns[to + length] = column;
    this.shares[to + length] = share;
    this.follows[to + length] = follows;
    weights[to + length] = length === 0 ? 1 : 0;
    for (let i = length - 1; i >= 0; i--) {
      weights[to + i + 1] += (follows * weights[to + i] * (i + 1)) / (length + 1);
      weights[to + i] = (share * weights[to + i] * (length - i)) / (length + 1);
    }
  }

  /** Takes element `index` out of the path at `at` whose last element is `last`. */
  unwind(at: number, last: number, index: number): void {
    const { weights, columns, shares, follows } = this;
    const share = shares[at + index];
    const isFollowed = follows[at + index] !== 0;
    let carried = weights[at + last];
    for (let i = last - 1; i >= 0; i--) {
      if (isFollowed) {
        const former = weights[at + i];
        weights[at + i] = (carried * (last + 1)) / (i + 1);
        carried = former - (weights[at + i] * share * (last - i)) / (last + 1);
      } else {
        weights[at + i] = (weights[at + i] * (last + 1)) / (share * (last - i));
      }
    }
    for (let i = index; i < last; i++) {
      columns[at + i] = columns[at + i + 1];
      shares[at + i] = shares[at + i + 1];
      follows[at + i] = follows[at + i + 1];
    }
  }

  /** Sum of the weights that the path would have without element `index`. */
  unwoundSum(at: number, last: number, index: number): number {
    const { weights } = this;
    const share = this.shares[at + index];
    let sum = 0;
    if (this.follows[at + index] !== 0) {
      let carried = weights[at + last];
      for (let i = last - 1; i >= 0; i--) {
        const weight = (carried * (last + 1)) / (i + 1);
        sum += weight;
        carried = weights[at + i] - (weight * share * (last - i)) / (last + 1);
      }
    } else {
      for (let i = last - 1; i >= 0; i--) sum += (weights[at + i] * (last + 1)) / (share * (last - i));
    }
    return sum;
  }
}

/** @param length of the parent's path, which begins at `from` */
function descend(
  tree: Tree,
  row: Float32Array,
  path: PathStack,
  from: number,
  length: number,
  step: Step,
  values: Float64Array,
  outputCount: number,
  node = 0,
): void {
  const at = from + length;
  path.extend(from, at, length, step);
  const column = tree.columns[node];
  if (column < 0) {
    addLeaf(tree, node, path, at, length, values, outputCount);
    return;
  }
  let share = 1;
  let follows = 1;
  let last = length;
  for (let index = 1; index <= length; index++) {
    if (path.columns[at + index] !== column) continue;
    share = path.shares[at + index];
    follows = path.follows[at + index];
    path.unwind(at, last, index);
    last--;
    break;
  }
  const left = tree.left[node];
  const right = tree.right[node];
  const isLeft = goesLeft(tree, node, row[column]);
  for (const [child, isFollowed] of [
    [left, isLeft],
    [right, !isLeft],
  ] as const) {
    const childShare = (share * tree.cover[child]) / tree.cover[node];
    const childFollows = isFollowed ? follows : 0;
    if (childShare === 0 && childFollows === 0) continue;
    const next = { share: childShare, follows: childFollows, column };
    descend(tree, row, path, at, last + 1, next, values, outputCount, child);
  }
}

function addLeaf(
  tree: Tree,
  leaf: number,
  path: PathStack,
  at: number,
  last: number,
  values: Float64Array,
  outputCount: number,
): void {
  const firstValue = tree.valueStarts[leaf];
  const endValue = tree.valueStarts[leaf + 1];
  for (let index = 1; index <= last; index++) {
    const weight = path.unwoundSum(at, last, index) * (path.follows[at + index] - path.shares[at + index]);
    const offset = path.columns[at + index] * outputCount;
    for (let i = firstValue; i < endValue; i++) values[offset + tree.outputs[i]] += weight * tree.values[i];
  }
}

/** Adds the mean over the training rows that the covers tell of. */
function addExpectation({ columns, cover, valueStarts, outputs, values }: Tree, sums: Float64Array): void {
  for (let node = 0; node < columns.length; node++) {
    const share = cover[node] / cover[0];
    for (let i = valueStarts[node]; i < valueStarts[node + 1]; i++) sums[outputs[i]] += share * values[i];
  }
}

function depthOf({ columns, left, right }: Tree): number {
  const depths = new Int32Array(columns.length);
  let deepest = 0;
  for (let node = 0; node < columns.length; node++) {
    if (columns[node] < 0) continue;
    const depth = depths[node] + 1;
    depths[left[node]] = depth;
    depths[right[node]] = depth;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
