import { goesLeft, type Tree, type TreeEnsemble } from "../tree.ts";
import { gaussLegendre, type Quadrature } from "./gauss-legendre.ts";

export interface Contributions {
  /** Expected output of each of the ensemble's outputs over the training rows. */
  readonly base: Float64Array;
  /** `columnCount × outputCount`, column by column: how far a column moves the outputs away from `base`. */
  readonly values: Float64Array;
}

export interface OutputContributions {
  /** Expected output over the training rows. */
  readonly base: number;
  /** One per column. */
  readonly values: Float64Array;
}

/** `explainOutput` for all outputs. */
export function explainRow(ensemble: TreeEnsemble, row: Float32Array): Contributions {
  const { columnCount, outputCount } = ensemble;
  const base = new Float64Array(outputCount);
  const values = new Float64Array(columnCount * outputCount);
  for (let output = 0; output < outputCount; output++) {
    const one = explainOutput(ensemble, row, output);
    base[output] = one.base;
    for (let column = 0; column < columnCount; column++) values[column * outputCount + output] = one.values[column];
  }
  return { base, values };
}

/**
 * Exact Shapley values of one row, "path-dependent": where a column is not known, a row goes the ways of the training
 * rows (S. Lundberg et al., "Consistent Individualized Feature Attribution for Tree Ensembles", 2018). `base` and the
 * values of all columns add up to the ensemble's output.
 *
 * Shapley's weights are Beta integrals, s! (n − s − 1)! / n! = ∫ t^s (1 − t)^(n − 1 − s) dt, so a column's value is the
 * integral over t of the slope of the output where each column is known with probability t (G. Owen, "Multilinear
 * extensions of games", 1972). For a tree that is a polynomial of a degree below the number of columns on a way to a
 * leaf, which a few Gauss–Legendre points integrate exactly; its factors are kept point by point on the way down and the
 * leaves' sums on the way up, as in Linear TreeSHAP (P. Yu et al., 2022), but with positive numbers only.
 * @param row `columnCount` float32 values; NaN is a gap
 */
export function explainOutput(ensemble: TreeEnsemble, row: Float32Array, output: number): OutputContributions {
  const values = new Float64Array(ensemble.columnCount);
  let base = ensemble.base[output];
  for (const tree of ensemble.trees) {
    const leaves = leafValues(tree, output);
    if (!leaves) continue;
    base += expectation(tree, leaves);
    const { depth, columns } = wayLengths(tree);
    if (columns > 0) new TreeExplainer(tree, leaves, row, depth, gaussLegendre((columns + 1) >> 1), values).run();
  }
  return { base, values };
}

class TreeExplainer {
  readonly #tree: Tree;
  readonly #leaves: Float64Array;
  readonly #row: Float32Array;
  readonly #values: Float64Array;
  readonly #points: Float64Array;
  readonly #weights: Float64Array;
  /** Per step down and point: the product of all factors on the way. */
  readonly #products: Float64Array;
  /** Per step down and point: one over the factor of that step's column. */
  readonly #inverses: Float64Array;
  /** Per step down and point: the sum of the leaves below. */
  readonly #sums: Float64Array;
  /** Per column the last step that looked at it, 0 where none did. */
  readonly #steps: Int32Array;
  /** Per step: share of the training rows that its column lets pass so far. */
  readonly #shares: Float64Array;
  /** Per step: 1 where the row goes all of its column's ways so far, else 0. */
  readonly #followed: Float64Array;

  constructor(
    tree: Tree,
    leaves: Float64Array,
    row: Float32Array,
    depth: number,
    { points, weights }: Quadrature,
    values: Float64Array,
  ) {
    const cells = (depth + 1) * points.length;
    this.#tree = tree;
    this.#leaves = leaves;
    this.#row = row;
    this.#values = values;
    this.#points = points;
    this.#weights = weights;
    this.#products = new Float64Array(cells).fill(1, 0, points.length);
    this.#inverses = new Float64Array(cells).fill(1, 0, points.length);
    this.#sums = new Float64Array(cells);
    this.#steps = new Int32Array(values.length);
    this.#shares = new Float64Array(depth + 1).fill(1, 0, 1);
    this.#followed = new Float64Array(depth + 1).fill(1, 0, 1);
  }

  run(): void {
    this.#descend(0, 0);
  }

  /** Leaves in `sums[step]` the sum of the leaves below the node. */
  #descend(node: number, step: number): void {
    const tree = this.#tree;
    const count = this.#points.length;
    const sums = this.#sums;
    const start = step * count;
    const column = tree.columns[node];
    if (column < 0) {
      const value = this.#leaves[node];
      const products = this.#products;
      for (let k = 0; k < count; k++) sums[start + k] = value * products[start + k] * this.#weights[k];
      return;
    }
    for (let k = 0; k < count; k++) sums[start + k] = 0;
    const taken = goesLeft(tree, node, this.#row[column]) ? tree.left[node] : tree.right[node];
    this.#enter(node, tree.left[node], column, taken, step);
    this.#enter(node, tree.right[node], column, taken, step);
  }

  #enter(node: number, child: number, column: number, taken: number, step: number): void {
    const { cover } = this.#tree;
    const former = this.#steps[column];
    const formerShare = this.#shares[former];
    const formerFollowed = this.#followed[former];
    const share = cover[node] > 0 ? (formerShare * cover[child]) / cover[node] : 0;
    const followed = child === taken ? formerFollowed : 0;
    if (share === 0 && followed === 0) return;
    const count = this.#points.length;
    const points = this.#points;
    const products = this.#products;
    const inverses = this.#inverses;
    const sums = this.#sums;
    const next = step + 1;
    const start = step * count;
    const nextStart = next * count;
    const formerStart = former * count;
    const slope = followed - share;
    for (let k = 0; k < count; k++) {
      const factor = share + slope * points[k];
      inverses[nextStart + k] = 1 / factor;
      products[nextStart + k] = products[start + k] * inverses[formerStart + k] * factor;
    }
    this.#steps[column] = next;
    this.#shares[next] = share;
    this.#followed[next] = followed;
    this.#descend(child, next);
    this.#steps[column] = former;

    const formerSlope = former === 0 ? 0 : formerFollowed - formerShare;
    let contribution = 0;
    for (let k = 0; k < count; k++) {
      const sum = sums[nextStart + k];
      contribution += sum * (slope * inverses[nextStart + k] - formerSlope * inverses[formerStart + k]);
      sums[start + k] += sum;
    }
    this.#values[column] += contribution;
  }
}

/** What each node adds to an output; undefined where the tree adds nothing to it. */
function leafValues({ columns, valueStarts, outputs, values }: Tree, output: number): Float64Array | undefined {
  if (!outputs.includes(output)) return undefined;
  const leaves = new Float64Array(columns.length);
  for (let node = 0; node < columns.length; node++) {
    for (let at = valueStarts[node]; at < valueStarts[node + 1]; at++) {
      if (outputs[at] === output) leaves[node] += values[at];
    }
  }
  return leaves;
}

/** Mean over the training rows that the covers tell of. */
function expectation({ cover }: Tree, leaves: Float64Array): number {
  let sum = 0;
  for (let node = 0; node < leaves.length; node++) sum += cover[node] * leaves[node];
  return cover[0] > 0 ? sum / cover[0] : 0;
}

interface WayLengths {
  /** Greatest number of steps on a way to a leaf. */
  readonly depth: number;
  /** Greatest number of different columns on one. */
  readonly columns: number;
}

const knownWays = new WeakMap<Tree, WayLengths>();

function wayLengths(tree: Tree): WayLengths {
  let lengths = knownWays.get(tree);
  if (!lengths) {
    lengths = measureWays(tree);
    knownWays.set(tree, lengths);
  }
  return lengths;
}

function measureWays({ columns, left, right }: Tree): WayLengths {
  const looked = new Map<number, number>();
  let depth = 0;
  let most = 0;
  const descend = (node: number, step: number) => {
    const column = columns[node];
    if (column < 0) {
      depth = Math.max(depth, step);
      most = Math.max(most, looked.size);
      return;
    }
    const before = looked.get(column) ?? 0;
    looked.set(column, before + 1);
    descend(left[node], step + 1);
    descend(right[node], step + 1);
    if (before === 0) looked.delete(column);
    else looked.set(column, before);
  };
  descend(0, 0);
  return { depth, columns: most };
}
