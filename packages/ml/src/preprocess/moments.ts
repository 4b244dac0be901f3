/** Arithmetic mean of at least one number. */
export function mean(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total / values.length;
}

/** Standard deviation of the numbers themselves (divided by their count), in two passes. */
export function standardDeviation(values: Float64Array, centre: number): number {
  let squares = 0;
  for (const value of values) squares += (value - centre) ** 2;
  return Math.sqrt(squares / values.length);
}
