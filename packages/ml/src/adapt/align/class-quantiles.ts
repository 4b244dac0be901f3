const shares = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
const leastRows = 5;
const leastMass = 3;

/**
 * Nine quantiles of a column's weighted numbers, linear between the middles of their weights.
 * @param order rows with a number, from the least to the greatest
 * @returns undefined where too little weight has a number
 */
export function classQuantiles(
  values: Float32Array,
  order: Int32Array,
  weights: ArrayLike<number>,
): Float64Array | undefined {
  let rows = 0;
  let total = 0;
  for (const row of order) {
    if (!(weights[row] > 0)) continue;
    rows++;
    total += weights[row];
  }
  if (rows < leastRows || total < leastMass) return undefined;
  const quantiles = new Float64Array(shares.length);
  let place = 0;
  let below = 0;
  let before = Number.NaN;
  let beforeAt = 0;
  for (const row of order) {
    const weight = weights[row];
    if (!(weight > 0)) continue;
    const at = below + weight / 2;
    while (place < shares.length && shares[place] * total <= at) {
      const wanted = shares[place] * total;
      const share = at > beforeAt ? (wanted - beforeAt) / (at - beforeAt) : 1;
      quantiles[place++] = Number.isNaN(before) ? values[row] : before + share * (values[row] - before);
    }
    below += weight;
    before = values[row];
    beforeAt = at;
  }
  while (place < shares.length) quantiles[place++] = before;
  return quantiles;
}
