import { createRandom } from "../../random/random.ts";
import { shuffle } from "../../random/shuffle.ts";
import type { TargetRows } from "../task.ts";
import type { JoinedRows } from "./join-labelled.ts";

/** Of more rows, this many are drawn to be fitted to. */
const mostFittedRows = 10_000;

/** All rows; of very many a random part with the labelled ones. */
export function chooseRows({ rowCount, labelledRows }: JoinedRows, seed: number): Int32Array {
  const all = Int32Array.from({ length: rowCount }, (_, row) => row);
  if (rowCount <= mostFittedRows) return all;
  const labelled = new Set(labelledRows);
  const others = all.filter((row) => !labelled.has(row));
  shuffle(others, createRandom(seed));
  const drawn = others.subarray(0, Math.max(0, mostFittedRows - labelledRows.length));
  return Int32Array.from([...labelledRows, ...drawn]).sort();
}

/** The chosen rows, column by column, with what labels are known of them. */
export function targetRows({ values, columnCount, labelledRows, labels }: JoinedRows, rows: Int32Array): TargetRows {
  const columns = Array.from({ length: columnCount }, (_, column) =>
    Float32Array.from(rows, (row) => values[row * columnCount + column]),
  );
  const target = { rowCount: rows.length, columns };
  if (labelledRows.length === 0) return target;
  const places = new Map([...rows].map((row, place) => [row, place]));
  return { ...target, labelled: { rows: labelledRows.map((row) => places.get(row) ?? 0), labels } };
}
