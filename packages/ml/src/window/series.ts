/** How the rows of a table follow one another in time. */
export interface Series {
  /** Column that says which series a row belongs to; without it all rows are one. */
  readonly nodeColumn?: string;
  /** Column that says when a row was; without it the order of the file counts. */
  readonly timeColumn?: string;
  /** Per row the row before it in its series, −1 for the first. */
  readonly previous: Int32Array;
}

/**
 * The row before each one in its series, by time; rows of the same time, and rows whose time is not told, keep the
 * order of the file.
 * @param nodes what series each row belongs to
 * @param times per row a number that grows with time, NaN where none is told; undefined: the order of the file counts
 */
export function previousRows(nodes: ArrayLike<number>, times?: ArrayLike<number>): Int32Array {
  const previous = new Int32Array(nodes.length).fill(-1);
  const series = new Map<number, number[]>();
  for (let row = 0; row < nodes.length; row++) {
    const members = series.get(nodes[row]);
    if (members) members.push(row);
    else series.set(nodes[row], [row]);
  }
  for (const members of series.values()) {
    const order = times ? byTime(members, times) : members;
    for (let place = 1; place < order.length; place++) previous[order[place]] = order[place - 1];
  }
  return previous;
}

/** A row without time counts as of the latest time before it in the file. */
function byTime(rows: readonly number[], times: ArrayLike<number>): number[] {
  let last = Number.NEGATIVE_INFINITY;
  const known = rows.map((row) => {
    const time = Number.isNaN(times[row]) ? last : times[row];
    last = Math.max(last, time);
    return { row, time };
  });
  return known.sort((one, other) => one.time - other.time || one.row - other.row).map(({ row }) => row);
}

/** Series of a table that does not tell: its rows one after the other. */
export function oneSeries(rowCount: number): Series {
  return { previous: Int32Array.from({ length: rowCount }, (_, row) => row - 1) };
}

/**
 * A moment as a number that grows with time: numbers as they are, dates in milliseconds; NaN for anything else.
 * @param text of a cell
 */
export function momentOf(text: string): number {
  const trimmed = text.trim();
  if (trimmed === "") return Number.NaN;
  const number = Number(trimmed);
  return Number.isNaN(number) ? Date.parse(trimmed) : number;
}
