import { goesLeft, type Tree, type TreeEnsemble } from "../tree.ts";
import { SubsetWeights } from "./subset-weights.ts";

export interface Contributions {
  /** Expected output of each of the ensemble's outputs over the training rows. */
  readonly base: Float64Array;
  /** `columnCount × outputCount`, column by column: how far a column moves the outputs away from `base`. */
  readonly values: Float64Array;
}

/**
 * Exact Shapley values of one row, "path-dependent": where a column is not known, a row goes the ways of the training
 * rows (S. Lundberg et al., "Consistent Individualized Feature Attribution for Tree Ensembles", 2018). `base` and the
 * values of all columns add up to the ensemble's output.
 * @param row `columnCount` float32 values; NaN is a gap
 */
export function explainRow(ensemble: TreeEnsemble, row: Float32Array): Contributions {
  const { columnCount, outputCount, trees } = ensemble;
  const base = Float64Array.from(ensemble.base);
  const explainer = new RowExplainer(row, columnCount, outputCount);
  for (const tree of trees) {
    addExpectation(tree, base);
    explainer.add(tree);
  }
  return { base, values: explainer.values };
}

/**
 * Of the columns on the way to a leaf, those whose splits the row follows all the way span a polynomial,
 * Π (share + y): its coefficient of y^s sums the subsets of s of them, each unknown one counted with the share of the
 * training rows that go on. A column whose splits the row does not follow brings its share as a mere factor, so only
 * the columns that are followed cost more than one multiplication a leaf (J. Yang, "Fast TreeSHAP", 2021).
 */
class RowExplainer {
  readonly values: Float64Array;
  readonly #row: Float32Array;
  readonly #outputCount: number;
  /** Per column its place on the way to the node at hand, or −1. */
  readonly #places: Int32Array;
  readonly #columns: number[] = [];
  readonly #shares: number[] = [];
  readonly #followed: boolean[] = [];
  /** A polynomial for each step down, used anew for each branch. */
  readonly #polynomials: Float64Array[] = [Float64Array.of(1)];
  readonly #weights = new SubsetWeights();

  constructor(row: Float32Array, columnCount: number, outputCount: number) {
    this.#row = row;
    this.#outputCount = outputCount;
    this.#places = new Int32Array(columnCount).fill(-1);
    this.values = new Float64Array(columnCount * outputCount);
  }

  add(tree: Tree): void {
    this.#descend(tree, 0, 0, this.#polynomials[0], 0, 1);
  }

  /**
   * @param polynomial of degree `degree`
   * @param factor product of the shares of the columns that are not followed
   */
  #descend(tree: Tree, node: number, depth: number, polynomial: Float64Array, degree: number, factor: number): void {
    const column = tree.columns[node];
    if (column < 0) {
      this.#addLeaf(tree, node, polynomial, degree, factor);
      return;
    }
    const left = tree.left[node];
    const right = tree.right[node];
    const taken = goesLeft(tree, node, this.#row[column]) ? left : right;
    this.#enter(tree, node, left, column, left === taken, depth, polynomial, degree, factor);
    this.#enter(tree, node, right, column, right === taken, depth, polynomial, degree, factor);
  }

  #enter(
    tree: Tree,
    node: number,
    child: number,
    column: number,
    taken: boolean,
    depth: number,
    polynomial: Float64Array,
    degree: number,
    factor: number,
  ): void {
    const share = tree.cover[child] / tree.cover[node];
    const known = this.#places[column];
    const place = known >= 0 ? known : this.#columns.length;
    const formerShare = known >= 0 ? this.#shares[place] : 1;
    const wasFollowed = known >= 0 ? this.#followed[place] : true;
    const isFollowed = wasFollowed && taken;
    const newShare = formerShare * share;
    this.#places[column] = place;
    this.#columns[place] = column;
    this.#shares[place] = newShare;
    this.#followed[place] = isFollowed;

    let next = polynomial;
    let nextDegree = degree;
    let nextFactor = factor;
    if (!wasFollowed) nextFactor *= share;
    else {
      const own = this.#polynomial(depth + 1);
      next = own;
      if (known >= 0) {
        divide(polynomial, degree, formerShare, own);
        nextDegree--;
      } else {
        for (let power = 0; power <= degree; power++) own[power] = polynomial[power];
      }
      if (isFollowed) multiply(own, nextDegree++, newShare);
      else nextFactor *= newShare;
    }
    this.#descend(tree, child, depth + 1, next, nextDegree, nextFactor);

    if (known >= 0) {
      this.#shares[place] = formerShare;
      this.#followed[place] = wasFollowed;
    } else {
      this.#places[column] = -1;
      this.#columns.length = place;
      this.#shares.length = place;
      this.#followed.length = place;
    }
  }

  #addLeaf(tree: Tree, leaf: number, polynomial: Float64Array, degree: number, factor: number): void {
    const count = this.#columns.length;
    if (count === 0 || factor === 0) return;
    const weights = this.#weights.of(count);
    let whole = 0;
    for (let power = 0; power <= Math.min(degree, count - 1); power++) whole += polynomial[power] * weights[power];
    for (let place = 0; place < count; place++) {
      const share = this.#shares[place];
      const weight = this.#followed[place]
        ? (1 - share) * factor * weightedQuotient(polynomial, degree, share, weights)
        : -factor * whole;
      const offset = this.#columns[place] * this.#outputCount;
      for (let at = tree.valueStarts[leaf]; at < tree.valueStarts[leaf + 1]; at++) {
        this.values[offset + tree.outputs[at]] += weight * tree.values[at];
      }
    }
  }

  #polynomial(depth: number): Float64Array {
    this.#polynomials[depth] ??= new Float64Array(depth + 1);
    return this.#polynomials[depth];
  }
}

/** Multiplies a polynomial by (share + y), in place. */
function multiply(polynomial: Float64Array, degree: number, share: number): void {
  polynomial[degree + 1] = polynomial[degree];
  for (let power = degree; power > 0; power--) {
    polynomial[power] = polynomial[power - 1] + share * polynomial[power];
  }
  polynomial[0] *= share;
}

/** Divides a polynomial that has the factor (share + y) by it; from the highest power, which loses no precision. */
function divide(polynomial: Float64Array, degree: number, share: number, quotient: Float64Array): void {
  let carried = 0;
  for (let power = degree; power > 0; power--) {
    carried = polynomial[power] - share * carried;
    quotient[power - 1] = carried;
  }
}

/** The same, the coefficients only summed up by weight. */
function weightedQuotient(polynomial: Float64Array, degree: number, share: number, weights: Float64Array): number {
  let carried = 0;
  let sum = 0;
  for (let power = degree; power > 0; power--) {
    carried = polynomial[power] - share * carried;
    sum += carried * weights[power - 1];
  }
  return sum;
}

/** Adds the mean over the training rows that the covers tell of. */
function addExpectation({ columns, cover, valueStarts, outputs, values }: Tree, sums: Float64Array): void {
  for (let node = 0; node < columns.length; node++) {
    const share = cover[node] / cover[0];
    for (let i = valueStarts[node]; i < valueStarts[node + 1]; i++) sums[outputs[i]] += share * values[i];
  }
}
