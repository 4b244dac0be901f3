import type { Reference, ReferenceColumn } from "./reference.ts";

/**
 * Columns by what they tell of the class in the training file: the mutual information of the class and the place
 * between the column's cuts, a gap being a place of its own, less what chance alone would give (G. A. Miller, "Note on
 * the bias of information estimates", 1955).
 * @returns column indexes, the most telling first
 */
export function tellingColumns({ columns, classRows }: Reference): number[] {
  const information = columns.map((column) => informationOf(column, classRows));
  return [...columns.keys()].sort((a, b) => information[b] - information[a] || a - b);
}

function informationOf({ counts }: ReferenceColumn, classRows: Int32Array): number {
  const classCount = classRows.length;
  const rows = classRows.reduce((sum, count) => sum + count, 0);
  if (rows === 0) return 0;
  const gaps = Int32Array.from(classRows);
  let information = 0;
  let places = 0;
  const add = (offset: number, from: Int32Array) => {
    let placeRows = 0;
    for (let index = 0; index < classCount; index++) placeRows += from[offset + index];
    if (placeRows === 0) return;
    places++;
    for (let index = 0; index < classCount; index++) {
      const count = from[offset + index];
      if (count > 0) information += (count / rows) * Math.log((count * rows) / (placeRows * classRows[index]));
    }
  };
  for (let offset = 0; offset < counts.length; offset += classCount) {
    add(offset, counts);
    for (let index = 0; index < classCount; index++) gaps[index] -= counts[offset + index];
  }
  add(0, gaps);
  const occurring = classRows.filter((count) => count > 0).length;
  return Math.max(0, information - ((places - 1) * (occurring - 1)) / (2 * rows));
}
