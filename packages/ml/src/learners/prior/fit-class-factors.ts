/** Weight of what is known beforehand, that classes need no factor, in rows. */
const penalty = 4;
const mostRounds = 100;
const mostStep = 1;
const smallStep = 1e-4;
/** Lest a class that a learner rules out has no logarithm. */
const leastProbability = 1e-6;

/**
 * Factors of the classes' probabilities at which rows that the learner did not learn from are most likely: a class that
 * occurs more often than it is expected gets more. Newton's steps per class; the logarithms of the factors are held
 * near 0, so that a handful of rows moves them little.
 * @param probabilities `rows × classCount`, row by row
 * @param actual class index per row
 */
export function fitClassFactors(probabilities: Float32Array, actual: Int32Array, classCount: number): Float32Array {
  const counts = new Float64Array(classCount);
  for (const label of actual) counts[label]++;
  const logFactors = new Float64Array(classCount);
  for (let round = 0; round < mostRounds; round++) {
    const expected = expectedRows(probabilities, logFactors.map(Math.exp));
    let greatest = 0;
    for (let label = 0; label < classCount; label++) {
      const slope = counts[label] - expected[label] - penalty * logFactors[label];
      const step = slope / (Math.max(counts[label], expected[label]) + penalty);
      logFactors[label] += Math.min(mostStep, Math.max(-mostStep, step));
      greatest = Math.max(greatest, Math.abs(step));
    }
    if (greatest < smallStep) break;
  }
  return Float32Array.from(logFactors, Math.exp);
}

/** Sums of the scaled probabilities per class. */
function expectedRows(probabilities: Float32Array, factors: Float64Array): Float64Array {
  const classCount = factors.length;
  const sums = new Float64Array(classCount);
  const row = new Float64Array(classCount);
  for (let first = 0; first < probabilities.length; first += classCount) {
    let total = 0;
    for (let label = 0; label < classCount; label++) {
      row[label] = Math.max(leastProbability, probabilities[first + label]) * factors[label];
      total += row[label];
    }
    for (let label = 0; label < classCount; label++) sums[label] += row[label] / total;
  }
  return sums;
}
