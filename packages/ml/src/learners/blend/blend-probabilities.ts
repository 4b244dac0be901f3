/** `arithmetic`: of the probabilities; `geometric`: of their logarithms, scaled to a sum of 1. */
export type Mean = "arithmetic" | "geometric";

/** Probabilities below it count as this much in a geometric mean. */
export const leastProbability = 1e-6;

/**
 * The weighted mean of several learners' probabilities for the same rows.
 * @param parts `rows × classCount` each, row by row
 * @param weights one per part; they sum up to 1
 * @returns `rows × classCount`, row by row
 */
export function blendProbabilities(
  parts: readonly Float32Array[],
  weights: readonly number[],
  classCount: number,
  mean: Mean,
): Float32Array {
  const sums = new Float64Array(parts[0].length);
  for (const [index, part] of parts.entries()) {
    const weight = weights[index];
    for (let cell = 0; cell < sums.length; cell++) {
      sums[cell] += weight * (mean === "geometric" ? Math.log(Math.max(part[cell], leastProbability)) : part[cell]);
    }
  }
  if (mean === "geometric") softmaxInPlace(sums, classCount);
  return Float32Array.from(sums);
}

function softmaxInPlace(scores: Float64Array, classCount: number): void {
  for (let first = 0; first < scores.length; first += classCount) {
    let largest = Number.NEGATIVE_INFINITY;
    for (let cell = first; cell < first + classCount; cell++) largest = Math.max(largest, scores[cell]);
    let total = 0;
    for (let cell = first; cell < first + classCount; cell++) {
      scores[cell] = Math.exp(scores[cell] - largest);
      total += scores[cell];
    }
    for (let cell = first; cell < first + classCount; cell++) scores[cell] /= total;
  }
}
