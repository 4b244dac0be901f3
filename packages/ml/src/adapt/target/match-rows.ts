import type { RawRows } from "../../preprocess/preparation.ts";

/** Share of the KPIs that rows of one id must have in common to be taken for the same. */
const leastEqualShare = 0.9;
/** Relative: what a program may lose that writes a file anew. */
const rounding = 1e-4;

export interface IdentifiedRows extends RawRows {
  readonly rowCount: number;
  readonly ids?: readonly string[] | undefined;
}

/**
 * Finds rows in another table with the same columns: by equal values, gaps equal to gaps; else by their id, where nine
 * of ten values are equal as well, but for rounding: numbers of rows are ids in many files.
 * @returns per row of `wanted` the number of the row in `among`, −1 where it is not there
 */
export function matchRows(wanted: IdentifiedRows, among: IdentifiedRows): Int32Array {
  // By the wanted rows, which are few: the keys of all others would take as much memory as they do.
  const keys = Array.from({ length: wanted.rowCount }, (_, row) => keyOf(wanted, row));
  const byValues = new Map(keys.map((key) => [key, -1]));
  const byId = new Map<string, number>();
  for (let row = wanted.rowCount > 0 ? among.rowCount - 1 : -1; row >= 0; row--) {
    const key = keyOf(among, row);
    if (byValues.has(key)) byValues.set(key, row);
    const id = among.ids?.[row];
    if (id) byId.set(id, row);
  }
  return Int32Array.from(keys, (key, row) => {
    const equal = byValues.get(key) ?? -1;
    if (equal >= 0) return equal;
    const named = byId.get(wanted.ids?.[row] ?? "");
    return named !== undefined && nearlyEqual(wanted, row, among, named) ? named : -1;
  });
}

/** Numbers of all rows that have the values of one of some rows, these among them; rising. */
export function rowsWithValuesOf(rows: IdentifiedRows, some: Int32Array): Int32Array {
  if (some.length === 0) return new Int32Array(0);
  const keys = new Set(Array.from(some, (row) => keyOf(rows, row)));
  return Int32Array.from({ length: rows.rowCount }, (_, row) => row).filter((row) => keys.has(keyOf(rows, row)));
}

function keyOf({ values, columnCount }: RawRows, row: number): string {
  const own = values.slice(row * columnCount, (row + 1) * columnCount).map((value) => (value === 0 ? 0 : value));
  return Buffer.from(own.buffer).toString("latin1");
}

function nearlyEqual(one: RawRows, row: number, other: RawRows, otherRow: number): boolean {
  const { columnCount } = one;
  let equal = 0;
  for (let column = 0; column < columnCount; column++) {
    const a = one.values[row * columnCount + column];
    const b = other.values[otherRow * columnCount + column];
    if (Math.abs(a - b) <= rounding * Math.abs(a) || (Number.isNaN(a) && Number.isNaN(b))) equal++;
  }
  return equal >= leastEqualShare * columnCount;
}
