const leastProbability = 1e-4;

/**
 * Weighted geometric mean of class probabilities.
 * @param posteriors each `rows × classCount`, row by row; less than 1e-4 counts as that much
 * @param weights one per posterior; default all alike
 */
export function mixPosteriors(
  posteriors: readonly Float64Array[],
  classCount: number,
  weights: readonly number[] = posteriors.map(() => 1),
): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mixed = new Float64Array(posteriors[0].length);
  for (const [index, posterior] of posteriors.entries()) {
    const weight = weights[index] / total;
    for (let cell = 0; cell < mixed.length; cell++) {
      mixed[cell] += weight * Math.log(Math.min(1, Math.max(leastProbability, posterior[cell])));
    }
  }
  for (let first = 0; first < mixed.length; first += classCount) {
    let sum = 0;
    for (let cell = first; cell < first + classCount; cell++) sum += mixed[cell] = Math.exp(mixed[cell]);
    for (let cell = first; cell < first + classCount; cell++) mixed[cell] /= sum;
  }
  return mixed;
}
