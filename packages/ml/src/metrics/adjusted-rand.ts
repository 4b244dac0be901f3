/**
 * Agreement of two ways to group the same rows, corrected for chance (L. Hubert, P. Arabie, 1985): 1 where they are the
 * same but for names, 0 on average by chance. Any whole number names a group.
 */
export function adjustedRand(one: ArrayLike<number>, other: ArrayLike<number>): number {
  const { cells, rows, columns, count } = contingency(one, other);
  const pairs = (n: number) => (n * (n - 1)) / 2;
  const sum = (counts: Iterable<number>) => [...counts].reduce((total, n) => total + pairs(n), 0);
  const [both, first, second] = [sum(cells.values()), sum(rows.values()), sum(columns.values())];
  const expected = count < 2 ? 0 : (first * second) / pairs(count);
  const greatest = (first + second) / 2;
  return greatest === expected ? 1 : (both - expected) / (greatest - expected);
}

export interface Contingency {
  readonly count: number;
  /** Rows per group of the one. */
  readonly rows: ReadonlyMap<number, number>;
  /** Rows per group of the other. */
  readonly columns: ReadonlyMap<number, number>;
  /** Rows per pair of groups, by their two names with a comma. */
  readonly cells: ReadonlyMap<string, number>;
}

export function contingency(one: ArrayLike<number>, other: ArrayLike<number>): Contingency {
  if (one.length !== other.length) throw new RangeError("both groupings are of the same rows");
  const rows = new Map<number, number>();
  const columns = new Map<number, number>();
  const cells = new Map<string, number>();
  for (let index = 0; index < one.length; index++) {
    const cell = `${one[index]},${other[index]}`;
    rows.set(one[index], (rows.get(one[index]) ?? 0) + 1);
    columns.set(other[index], (columns.get(other[index]) ?? 0) + 1);
    cells.set(cell, (cells.get(cell) ?? 0) + 1);
  }
  return { count: one.length, rows, columns, cells };
}
