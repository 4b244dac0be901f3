/**
 * Quantile with linear interpolation between the neighbours (NumPy's default, type 7 of Hyndman and Fan).
 * @param sorted at least one number, in rising order
 * @param share 0 to 1
 */
export function quantile(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) throw new RangeError("a quantile needs at least one number");
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}
