import { noLabel } from "./label-index.ts";

/** Fewer rows of a class are not learned from: what was learned from one row, no other row could confirm. */
export const leastRowsPerClass = 2;
export const leastClasses = 2;

/** Labels of the classes that can be learned, and those that cannot. */
export interface LearnableClasses {
  /** Per row its index into `classes`; −1 for a row without label and for one of a class that is left out. */
  readonly labels: Int32Array;
  readonly classes: readonly string[];
  readonly leftOut: readonly { readonly name: string; readonly rows: number }[];
}

/**
 * Leaves out the classes of fewer than two rows, as long as two others remain; else nothing, as such rows are not to be
 * learned from anyway.
 * @param labels class index per row, negative for none
 */
export function learnableClasses(labels: Int32Array, classes: readonly string[]): LearnableClasses {
  const rows = new Int32Array(classes.length);
  for (const label of labels) if (label >= 0) rows[label]++;
  const kept = [...classes.keys()].filter((label) => rows[label] >= leastRowsPerClass);
  if (kept.length === classes.length || kept.length < leastClasses) return { labels, classes, leftOut: [] };
  const places = new Int32Array(classes.length).fill(noLabel);
  for (const [place, label] of kept.entries()) places[label] = place;
  return {
    labels: labels.map((label) => (label < 0 ? noLabel : places[label])),
    classes: kept.map((label) => classes[label]),
    leftOut: [...classes.keys()]
      .filter((label) => places[label] < 0)
      .map((label) => ({ name: classes[label], rows: rows[label] })),
  };
}
