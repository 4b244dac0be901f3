/** Probabilities are held away from 0 by float32's precision, so that one sure mistake does not make it infinite. */
const leastProbability = 2 ** -23;

/**
 * Mean negative natural logarithm of the probability given to the actual class; 0 where there is no row.
 * @param probabilities `rows × classCount`, row by row
 * @param actual class index per row
 */
export function logLoss(probabilities: Float32Array, actual: Int32Array, classCount: number): number {
  let total = 0;
  for (let row = 0; row < actual.length; row++) {
    total -= Math.log(Math.max(probabilities[row * classCount + actual[row]], leastProbability));
  }
  return actual.length === 0 ? 0 : total / actual.length;
}
