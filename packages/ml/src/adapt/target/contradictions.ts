import type { Table } from "../../table/table.ts";

/** Two labelled rows that are one row under two classes, by their numbers from 0. */
export interface Contradiction {
  readonly first: number;
  readonly second: number;
}

/**
 * Labelled rows that are the same row and yet have another label than the first of them; rows without label say nothing.
 * @param keys one per row of the table, equal where two are the same row
 */
export function contradictions({ labels }: Pick<Table, "labels">, keys: ArrayLike<number>): Contradiction[] {
  const firsts = new Map<number, number>();
  const found: Contradiction[] = [];
  for (const [row, label] of (labels ?? []).entries()) {
    if (label < 0) continue;
    const first = firsts.get(keys[row]);
    if (first === undefined) firsts.set(keys[row], row);
    else if (labels?.[first] !== label) found.push({ first, second: row });
  }
  return found;
}
