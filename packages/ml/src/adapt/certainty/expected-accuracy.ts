import type { Evidence } from "./gather-evidence.ts";

/** An estimate with the bounds of its 95 % interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** How far the mean of the witnesses was from the truth, in parts of √(p(1 − p)); see docs/adaptation.md. */
const deviation = 0.2;
const leastMean = 0.02;
const mostMean = 0.98;
/** Of a standard normal distribution, for 95 %. */
const quantile = 1.96;

/**
 * The accuracy that an adaptation is expected to have on its target, before anyone has looked: the mean of three
 * witnesses. The interval has room for how far they have been from the truth on files whose truth was known, and for what
 * so few rows leave to chance. Labelled rows that were diagnosed without their labels add what they tell (a beta
 * distribution updated by hits and misses).
 * @param rows of the target
 * @param hits labelled rows that were diagnosed right without their label
 * @param misses those diagnosed wrong
 */
export function expectedAccuracy(
  { told, repeated, returned }: Evidence,
  rows: number,
  hits: number,
  misses: number,
): Estimate {
  const mean = Math.min(mostMean, Math.max(leastMean, (told + repeated + returned) / 3));
  const trust = 1 / (deviation ** 2 + 1 / rows) - 1;
  const alpha = mean * trust + hits;
  const beta = (1 - mean) * trust + misses;
  const value = alpha / (alpha + beta);
  const spread = quantile * Math.sqrt((value * (1 - value)) / (alpha + beta + 1));
  return { value, low: Math.max(0, value - spread), high: Math.min(1, value + spread) };
}
