import type { Random } from "../random/random.ts";
import { shuffle } from "../random/shuffle.ts";

export interface SampledGame {
  /** Values of the row, one per column. */
  readonly row: Float32Array;
  /** The same where a column is not known. */
  readonly background: Float32Array;
  /**
   * Groups of columns that become known together; columns in no group are known from the start, which is right where
   * they do not matter.
   */
  readonly groups: readonly (readonly number[])[];
  /**
   * @param rows `count × row.length`
   * @returns a score per row
   */
  score(rows: Float32Array, count: number): Promise<Float64Array>;
}

export interface SampledContributions {
  /** Score of the background. */
  readonly base: number;
  readonly score: number;
  /** One per group; they add up to `score − base`. */
  readonly values: Float64Array;
  /** Of each value; undefined where one pair was drawn. */
  readonly standardErrors?: Float64Array;
}

/** Bounds what waits for the model at once. */
const cellsPerCall = 2 ** 18;

/**
 * Shapley values by drawing orders in which the groups become known, each with its reverse (antithetic sampling:
 * R. Mitchell et al., "Sampling permutations for Shapley value estimation", 2022). Each order's gains add up to the
 * difference of the scores, and so do their means.
 * @param pairs orders to draw, at least 1; each is evaluated forth and back
 */
export async function sampleShapley(game: SampledGame, pairs: number, random: Random): Promise<SampledContributions> {
  const { row, background, groups, score } = game;
  const width = row.length;
  const count = groups.length;
  const known = Float32Array.from(background);
  const inGroup = new Uint8Array(width);
  for (const group of groups) for (const column of group) inGroup[column] = 1;
  for (let column = 0; column < width; column++) if (!inGroup[column]) known[column] = row[column];
  const ends = new Float32Array(2 * width);
  ends.set(known);
  ends.set(row, width);
  const [base, full] = await score(ends, 2);
  const sums = new Float64Array(count);
  const squares = new Float64Array(count);
  const orders: Int32Array[] = [];
  for (let pair = 0; pair < pairs && count > 0; pair++) {
    const order = Int32Array.from(groups.keys());
    shuffle(order, random);
    orders.push(order, order.slice().reverse());
  }
  const steps = Math.max(1, count - 1);
  const ordersPerCall = 2 * Math.max(1, Math.floor(cellsPerCall / (2 * width * steps)));
  const gains = new Float64Array(count);
  for (let first = 0; first < orders.length; first += ordersPerCall) {
    const some = orders.slice(first, first + ordersPerCall);
    const scores = await score(stepsOf(some, known, row, groups), some.length * (count - 1));
    for (const [place, order] of some.entries()) {
      if (place % 2 === 0) gains.fill(0);
      let former = base;
      for (let step = 0; step < count; step++) {
        const next = step === count - 1 ? full : scores[place * (count - 1) + step];
        gains[order[step]] += (next - former) / 2;
        former = next;
      }
      if (place % 2 === 0) continue;
      for (let group = 0; group < count; group++) {
        sums[group] += gains[group];
        squares[group] += gains[group] ** 2;
      }
    }
  }
  const values = sums.map((sum) => sum / pairs);
  if (pairs === 1) return { base, score: full, values };
  const standardErrors = values.map((mean, group) =>
    Math.sqrt(Math.max(0, squares[group] / pairs - mean * mean) / (pairs - 1)),
  );
  return { base, score: full, values, standardErrors };
}

/** Rows after each step but the last of each order. */
function stepsOf(
  orders: readonly Int32Array[],
  known: Float32Array,
  row: Float32Array,
  groups: readonly (readonly number[])[],
): Float32Array {
  const width = row.length;
  const rows = new Float32Array(orders.length * (groups.length - 1) * width);
  let at = 0;
  for (const order of orders) {
    for (let step = 0; step < order.length - 1; step++) {
      if (step === 0) rows.set(known, at);
      else rows.copyWithin(at, at - width, at);
      for (const column of groups[order[step]]) rows[at + column] = row[column];
      at += width;
    }
  }
  return rows;
}
