/**
 * Mean squared distance of the probabilities from the actual class, summed over the classes, 0 to 2 (G. W. Brier,
 * "Verification of forecasts expressed in terms of probability", 1950). 0 where there is no row.
 * @param probabilities `rows × classCount`, row by row
 * @param actual class index per row
 */
export function brierScore(probabilities: Float32Array, actual: Int32Array, classCount: number): number {
  let total = 0;
  for (let row = 0; row < actual.length; row++) {
    for (let index = 0; index < classCount; index++) {
      total += (probabilities[row * classCount + index] - (actual[row] === index ? 1 : 0)) ** 2;
    }
  }
  return actual.length === 0 ? 0 : total / actual.length;
}
