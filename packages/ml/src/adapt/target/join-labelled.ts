import type { Table } from "../../table/table.ts";
import { AdaptationError } from "../adaptation-error.ts";
import { type Contradiction, contradictions } from "./contradictions.ts";
import { type IdentifiedRows, matchRows, rowsWithValuesOf } from "./match-rows.ts";

/** A refusal names no more pairs of rows. */
const mostNamed = 5;

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
  /** Numbers of the file's rows that are among the labelled ones, used or not. */
  readonly givenRows: Int32Array;
}

/**
 * Puts few labelled rows of an environment to its unlabelled ones.
 * @param few with the columns of `rows`
 * @param table that `few` comes from, with its labels
 * @param classes of the model
 * @throws AdaptationError `contradicting-labels` where one row stands there under two classes
 */
export function joinLabelled(
  rows: IdentifiedRows,
  few: IdentifiedRows | undefined,
  table: Table | undefined,
  classes: readonly string[],
): JoinedRows {
  const { columnCount } = rows;
  if (!few || !table?.labels || !table.classes) {
    const none = new Int32Array(0);
    return { ...rows, labelledRows: none, labels: none, ignored: few?.rowCount ?? 0, givenRows: none };
  }
  const { labels, classes: names } = table;
  const known = names.map((name) => classes.indexOf(name));
  const twins = matchRows(few, few);
  const found = matchRows(few, rows);
  // A labelled row that the file does not have is known by the first of its like.
  const keys = found.map((place, row) => (place < 0 ? rows.rowCount + twins[row] : place));
  refuse(contradictions(table, keys), table);
  const placeOf = new Map<number, number>();
  const labelOf = new Map<number, number>();
  const added: number[] = [];
  let ignored = 0;
  for (let row = 0; row < few.rowCount; row++) {
    const label = labels[row] < 0 ? -1 : known[labels[row]];
    if (label < 0) {
      ignored++;
      continue;
    }
    const place = found[row] >= 0 ? found[row] : (placeOf.get(keys[row]) ?? rows.rowCount + added.push(row) - 1);
    placeOf.set(keys[row], place);
    labelOf.set(place, label);
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
    givenRows: rowsWithValuesOf(rows, Int32Array.from(new Set(found.filter((place) => place >= 0)))),
  };
}

/** Names the first of the pairs by the numbers of their rows, from 1, and their classes. */
function refuse(found: readonly Contradiction[], { labels, classes }: Table): void {
  if (found.length === 0) return;
  const told = (row: number) => `${row + 1} (${classes?.[labels?.[row] ?? -1] ?? ""})`;
  const pairs = found.slice(0, mostNamed).map(({ first, second }) => `${told(first)} / ${told(second)}`);
  if (found.length > mostNamed) pairs.push("…");
  throw new AdaptationError("contradicting-labels", { rows: found.length, pairs: pairs.join(", ") });
}
