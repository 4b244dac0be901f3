/**
 * Probability that a Kolmogorov–Smirnov distance as large comes by chance, two-sided, two samples: the limiting
 * distribution with Stephens' correction for small samples (M. A. Stephens, "EDF statistics for goodness of fit and
 * some comparisons", 1974). On tied or binned numbers it errs towards 1.
 * @param distance largest difference of the two distribution functions, 0 to 1
 * @param firstCount numbers in the first sample
 */
export function kolmogorovSmirnovProbability(distance: number, firstCount: number, secondCount: number): number {
  if (firstCount <= 0 || secondCount <= 0) return 1;
  const root = Math.sqrt((firstCount * secondCount) / (firstCount + secondCount));
  return kolmogorovTail((root + 0.12 + 0.11 / root) * distance);
}

const terms = 100;
/** Below it both series are 1 to all digits. */
const leastStatistic = 0.2;
const seriesChange = 1.18;

/** P(K > x) of the Kolmogorov distribution: 2 Σ (−1)^(j−1) exp(−2 j² x²), or its dual series where that is slow. */
export function kolmogorovTail(x: number): number {
  if (x < leastStatistic) return 1;
  let sum = 0;
  if (x < seriesChange) {
    for (let j = 1; j <= terms; j += 2) sum += Math.exp(-((j * Math.PI) ** 2) / (8 * x * x));
    return Math.max(0, 1 - (Math.sqrt(2 * Math.PI) / x) * sum);
  }
  for (let j = 1; j <= terms; j++) {
    const term = Math.exp(-2 * (j * x) ** 2);
    sum += j % 2 === 1 ? term : -term;
    if (term < 1e-300) break;
  }
  return Math.min(1, Math.max(0, 2 * sum));
}
