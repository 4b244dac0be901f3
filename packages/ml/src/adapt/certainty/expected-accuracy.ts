/** An estimate with the bounds of its 95 % interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A round trip tells no more exactly than this, however well it went. */
const leastDeviation = 0.01;
/** Rows that its word counts for at most. */
const mostTrust = 400;

/**
 * The accuracy that an adaptation is expected to have on its target, before anyone has looked.
 *
 * Diagnoses learned back from the target and scored on the source err on both ways. By lack of better knowledge half of
 * the errors is put on each: (1 + reverse) / 2, with a spread from "all on the way there" to "none". Labelled rows that
 * an inference without labels diagnosed add what they tell (a beta distribution updated by hits and misses).
 * @param reverse share of source rows that come back right
 * @param hits labelled rows that were diagnosed right without their label
 * @param misses those diagnosed wrong
 */
export function expectedAccuracy(reverse: number, hits: number, misses: number): Estimate {
  const mean = Math.min(0.995, Math.max(0.005, (1 + reverse) / 2));
  const deviation = Math.max(leastDeviation, (1 - mean) / 2);
  const trust = Math.min(mostTrust, Math.max(2, (mean * (1 - mean)) / deviation ** 2 - 1));
  const alpha = mean * trust + hits;
  const beta = (1 - mean) * trust + misses;
  const value = alpha / (alpha + beta);
  const spread = 1.96 * Math.sqrt((value * (1 - value)) / (alpha + beta + 1));
  return { value, low: Math.max(0, value - spread), high: Math.min(1, value + spread) };
}
