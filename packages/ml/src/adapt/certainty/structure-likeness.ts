/**
 * How alike the KPIs of two files go together: cosine of their rank correlations over all pairs, −1 to 1. Faults move
 * KPIs together, so it is near 0 where the target holds but one state, of which all diagnoses but one would be made up.
 * @param source `size × size`
 * @param target `size × size`
 * @returns 0 where there is no pair
 */
export function structureLikeness(source: Float64Array, target: Float64Array, size: number): number {
  let product = 0;
  let ofSource = 0;
  let ofTarget = 0;
  for (let one = 0; one < size; one++) {
    for (let other = 0; other < one; other++) {
      const a = source[one * size + other];
      const b = target[one * size + other];
      product += a * b;
      ofSource += a * a;
      ofTarget += b * b;
    }
  }
  const norm = Math.sqrt(ofSource * ofTarget);
  return norm > 0 ? product / norm : 0;
}
