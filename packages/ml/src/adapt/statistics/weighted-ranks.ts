import { presentInOrder } from "./weighted-quantiles.ts";

/**
 * Mid-ranks: the share of the weight below a number plus half of that on it, from 0 to 1. A gap stays one.
 * @param values numbers, NaN for a gap
 * @param weights one per value, above 0
 */
export function weightedRanks(values: Float32Array, weights: ArrayLike<number>): Float32Array {
  const order = presentInOrder(values);
  const ranks = new Float32Array(values.length).fill(Number.NaN);
  let total = 0;
  for (const row of order) total += weights[row];
  let below = 0;
  for (let first = 0; first < order.length; ) {
    let end = first;
    let tied = 0;
    while (end < order.length && values[order[end]] === values[order[first]]) tied += weights[order[end++]];
    for (let at = first; at < end; at++) ranks[order[at]] = (below + tied / 2) / total;
    below += tied;
    first = end;
  }
  return ranks;
}
