/**
 * Fisher score of a column: variance of the class means around the mean, weighted by the rows, over the mean variance
 * inside the classes (R. Duda, P. Hart, D. Stork, "Pattern Classification", 2001). Gaps are passed over.
 * @param values NaN for a gap
 * @param labels class index per row
 * @returns 0 and above; the largest double where every class is one value of its own
 */
export function fisherScore(values: Float64Array, labels: Int32Array, classCount: number): number {
  const counts = new Float64Array(classCount);
  const sums = new Float64Array(classCount);
  const squares = new Float64Array(classCount);
  const [origin, unit] = originAndUnit(values);
  for (let row = 0; row < values.length; row++) {
    if (Number.isNaN(values[row])) continue;
    counts[labels[row]]++;
    sums[labels[row]] += (values[row] - origin) / unit;
  }
  for (let row = 0; row < values.length; row++) {
    if (Number.isNaN(values[row])) continue;
    squares[labels[row]] += ((values[row] - origin) / unit - sums[labels[row]] / counts[labels[row]]) ** 2;
  }
  const rows = counts.reduce((total, count) => total + count, 0);
  const mean = sums.reduce((total, sum) => total + sum, 0) / rows;
  let between = 0;
  let within = 0;
  for (let index = 0; index < classCount; index++) {
    if (counts[index] === 0) continue;
    between += counts[index] * (sums[index] / counts[index] - mean) ** 2;
    within += squares[index];
  }
  if (between === 0) return 0;
  return within === 0 ? Number.MAX_VALUE : Math.min(between / within, Number.MAX_VALUE);
}

/** Bring the numbers near 0 and 1, so that squares of 1e38 stay finite. */
function originAndUnit(values: Float64Array): [number, number] {
  let least = Number.POSITIVE_INFINITY;
  let largest = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < least) least = value;
    if (value > largest) largest = value;
  }
  return [Number.isFinite(least) ? least : 0, largest > least ? largest - least : 1];
}
