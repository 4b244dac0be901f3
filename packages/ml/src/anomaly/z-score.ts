/** z-scores are told within ± this: of a KPI that never moved, any other value has it. */
const greatestZ = 1_000;

/**
 * How many standard deviations a value lies above (positive) or below (negative) the mean; NaN for a gap, and for a KPI
 * of which the baseline has too few numbers.
 */
export function zScore(value: number, mean: number, deviation: number): number {
  const distance = value - mean;
  if (deviation > 0) return Math.max(-greatestZ, Math.min(greatestZ, distance / deviation));
  if (distance === 0) return 0;
  return distance > 0 ? greatestZ : distance < 0 ? -greatestZ : Number.NaN;
}

/** Above this a KPI that has gone astray tells no more: one KPI alone must not drown all others. */
export const mostExcess = 10;

/** How far beyond the threshold, in standard deviations, 10 at most; 0 within it and for a gap. */
export function excessOf(z: number, threshold: number): number {
  const beyond = Math.abs(z) - threshold;
  return beyond > 0 ? Math.min(beyond, mostExcess) : 0;
}
