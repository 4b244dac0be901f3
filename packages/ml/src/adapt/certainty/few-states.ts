import { mostProbableOf } from "../posterior/snap-prior.ts";
import type { SourceRows } from "../task.ts";
import type { FitOfMix } from "./target-structure.ts";

/** A class of fewer rows says nothing of how KPIs go together in it. */
const leastClassRows = 10;
/**
 * One class explains a target better than all by any of these: how much closer its likeness, and the logarithm of how
 * many times smaller its difference is. Where the environments are alike the difference tells, where not the likeness.
 */
const oneState = [
  { closer: Number.NEGATIVE_INFINITY, gain: 1 },
  { closer: 0, gain: 0.6 },
  { closer: 0.09, gain: 0.15 },
] as const;
/** The same of the mix that the untouched model diagnoses, against the mix that the adaptation does. */
const leftBetter = { closer: 0.01, gain: 0.5 } as const;

/**
 * Whether one class of the source explains how a target's KPIs go together clearly better than all classes in equal
 * shares. Ranks, scales and class shares of a file of one state say nothing of its environment.
 */
export async function holdsOneState(
  fitOf: FitOfMix,
  { labels, classCount }: Pick<SourceRows, "labels" | "classCount">,
): Promise<boolean> {
  const rows = new Int32Array(classCount);
  for (const label of labels) rows[label]++;
  const known = [...rows.keys()].filter((label) => rows[label] >= leastClassRows);
  if (known.length < 2) return false;
  const all = await fitOf(rows.map(Math.sign));
  let likeness = -1;
  let difference = Number.POSITIVE_INFINITY;
  for (const label of known) {
    const own = await fitOf(rows.map((_, other) => (other === label ? 1 : 0)));
    likeness = Math.max(likeness, own.likeness);
    difference = Math.min(difference, own.difference);
  }
  const closer = likeness - all.likeness;
  const gain = Math.log(all.difference / difference);
  return oneState.some((enough) => closer > enough.closer && gain > enough.gain);
}

/**
 * Whether the classes that the untouched model diagnoses explain how the target's KPIs go together clearly better than
 * those that the adaptation does: then it has made classes up that the target does not hold.
 * @param untouched `target rows × classCount`
 * @param adapted the same
 */
export async function explainsBetter(
  fitOf: FitOfMix,
  untouched: Float64Array,
  adapted: Float64Array,
  classCount: number,
): Promise<boolean> {
  const before = await fitOf(rowsOfClasses(untouched, classCount));
  const after = await fitOf(rowsOfClasses(adapted, classCount));
  return (
    before.likeness - after.likeness > leftBetter.closer &&
    Math.log(after.difference / before.difference) > leftBetter.gain
  );
}

function rowsOfClasses(posterior: Float64Array, classCount: number): Int32Array {
  const rows = new Int32Array(classCount);
  for (const diagnosis of mostProbableOf(posterior, classCount)) rows[diagnosis]++;
  return rows;
}
