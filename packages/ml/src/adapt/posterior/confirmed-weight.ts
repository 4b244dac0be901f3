import { mostProbableOf } from "./snap-prior.ts";

/** Shares of rows confirmed at which an answer counts for nothing, and in full. */
const none = 0.8;
const full = 0.9;

/**
 * How much answers of learners that did not see the rows count: as far as they confirm what was believed. Where many
 * KPIs and few rows do not let them, they would add their own errors only.
 * @param found `rows × classCount`, row by row
 * @param believed `rows × classCount`, row by row
 * @returns 0 to 1
 */
export function confirmedWeight(found: Float64Array, believed: Float64Array, classCount: number): number {
  const before = mostProbableOf(believed, classCount);
  const confirmed = mostProbableOf(found, classCount).filter((diagnosis, row) => diagnosis === before[row]).length;
  return Math.min(1, Math.max(0, (confirmed / before.length - none) / (full - none)));
}
