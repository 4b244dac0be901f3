import type { DiagnosisSummary } from "@systemhealer/contract/diagnosis";

export interface ClassRows {
  /** Empty for rows that are like nothing learned. */
  readonly name: string;
  readonly rows: number;
}

/** Rows by class, the most frequent first; unknown rows are counted apart, at the end. */
export function classCounts(
  summary: Pick<DiagnosisSummary, "classes" | "unknownRows" | "unknownByClass">,
): ClassRows[] {
  const { classes, unknownRows = 0, unknownByClass = [] } = summary;
  const unknownOf = new Map(unknownByClass.map(({ name, rows }) => [name, rows]));
  const known = classes
    .map(({ name, rows }) => ({ name, rows: Math.max(0, rows - (unknownOf.get(name) ?? 0)) }))
    .sort((one, other) => other.rows - one.rows || one.name.localeCompare(other.name));
  return unknownRows > 0 ? [...known, { name: "", rows: unknownRows }] : known;
}
