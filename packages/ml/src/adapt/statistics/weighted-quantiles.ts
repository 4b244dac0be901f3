/**
 * Quantiles of weighted numbers by the inverse of their distribution function: the least number that at least the share
 * of the weight does not exceed.
 * @param values numbers; NaN is passed over
 * @param weights one per value
 * @param shares 0 to 1
 * @returns one number per share, NaN where there is no number of any weight
 */
export function weightedQuantiles(
  values: Float32Array,
  weights: ArrayLike<number>,
  shares: readonly number[],
): number[] {
  const order = presentInOrder(values);
  let total = 0;
  for (const row of order) total += weights[row];
  if (!(total > 0)) return shares.map(() => Number.NaN);
  return shares.map((share) => {
    let sum = 0;
    for (const row of order) {
      sum += weights[row];
      if (sum >= share * total * (1 - 1e-12)) return values[row];
    }
    return values[order[order.length - 1]];
  });
}

/** Places of the numbers of a column, from the least number to the greatest; gaps are left out. */
export function presentInOrder(values: Float32Array): Int32Array {
  const present = Int32Array.from(values.keys()).filter((row) => !Number.isNaN(values[row]));
  return present.sort((a, b) => values[a] - values[b] || a - b);
}
