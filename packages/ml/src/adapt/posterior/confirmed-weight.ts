import { mostProbableOf } from "./snap-prior.ts";

/** Shares of rows confirmed at which an answer counts for nothing, and in full. */
const none = 0.8;
const full = 0.9;

/**
 * How much answers of learners that did not see the rows count: as far as they confirm what was believed, class by class.
 * Where many KPIs and few rows do not let them, they would add their own errors only, and a class of few rows, of which
 * they learn least, would be lost without being missed among all rows.
 * @param found `rows × classCount`, row by row
 * @param believed `rows × classCount`, row by row
 * @param labelled numbers of rows of which the class is known: they confirm nothing
 * @returns 0 to 1
 */
export function confirmedWeight(
  found: Float64Array,
  believed: Float64Array,
  classCount: number,
  labelled: Iterable<number> = [],
): number {
  const known = new Set(labelled);
  const before = mostProbableOf(believed, classCount);
  const rows = new Int32Array(classCount);
  const confirmed = new Int32Array(classCount);
  for (const [row, diagnosis] of mostProbableOf(found, classCount).entries()) {
    if (known.has(row)) continue;
    rows[before[row]]++;
    if (diagnosis === before[row]) confirmed[diagnosis]++;
  }
  const shares = [...rows.keys()].filter((label) => rows[label] > 0).map((label) => confirmed[label] / rows[label]);
  const mean = shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length);
  return Math.min(1, Math.max(0, (mean - none) / (full - none)));
}
