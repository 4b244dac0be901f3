import type { Table } from "../../table/table.ts";
import { type IdentifiedRows, matchRows } from "./match-rows.ts";

/** Rows of a file and few labelled ones, together. */
export interface JoinedRows {
  readonly columnCount: number;
  readonly rowCount: number;
  /** The file's rows first, then labelled ones that it does not have. */
  readonly values: Float32Array;
  /** Numbers of the labelled rows among them, each once. */
  readonly labelledRows: Int32Array;
  /** Class of the model per labelled row. */
  readonly labels: Int32Array;
  /** Labelled rows of a class that the model does not know, or without label: not used. */
  readonly ignored: number;
}

/**
 * Puts few labelled rows of an environment to its unlabelled ones.
 * @param few with the columns of `rows`
 * @param table that `few` comes from, with its labels
 * @param classes of the model
 */
export function joinLabelled(
  rows: IdentifiedRows,
  few: IdentifiedRows | undefined,
  table: Table | undefined,
  classes: readonly string[],
): JoinedRows {
  const { columnCount } = rows;
  if (!few || !table?.labels || !table.classes) {
    return { ...rows, labelledRows: new Int32Array(0), labels: new Int32Array(0), ignored: few?.rowCount ?? 0 };
  }
  const { labels, classes: names } = table;
  const known = names.map((name) => classes.indexOf(name));
  const places = matchRows(few, rows);
  const labelOf = new Map<number, number>();
  const added: number[] = [];
  let ignored = 0;
  for (let row = 0; row < few.rowCount; row++) {
    const label = labels[row] < 0 ? -1 : known[labels[row]];
    if (label < 0) {
      ignored++;
      continue;
    }
    const place = places[row];
    labelOf.set(place < 0 ? rows.rowCount + added.push(row) - 1 : place, label);
  }
  const rowCount = rows.rowCount + added.length;
  const values = new Float32Array(rowCount * columnCount);
  values.set(rows.values.subarray(0, rows.rowCount * columnCount));
  for (const [place, row] of added.entries()) {
    values.set(few.values.subarray(row * columnCount, (row + 1) * columnCount), (rows.rowCount + place) * columnCount);
  }
  const labelledRows = Int32Array.from(labelOf.keys()).sort();
  return {
    columnCount,
    rowCount,
    values,
    labelledRows,
    labels: labelledRows.map((row) => labelOf.get(row) ?? 0),
    ignored,
  };
}
