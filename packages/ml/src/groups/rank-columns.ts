import { createPacer } from "../pacer.ts";
import type { RawRows } from "../preprocess/preparation.ts";

/** Columns as ranks among some rows, centred and of length 1, so that a product of two is their rank correlation. */
export interface RankedColumns {
  /** Which columns of the rows; those that hardly vary or are mostly gaps are left out. */
  readonly columns: Int32Array;
  readonly rowCount: number;
  /** `columns.length × rowCount`, column by column; a gap is at the middle, 0. */
  readonly ranks: Float32Array;
}

/** Share of the rows that must have a number. */
const leastPresent = 0.2;
/** A KPI that sits on one value in more rows than this says nothing of what moves together. */
const mostOfOneValue = 0.98;
const leastNumbers = 8;

/** @param rows which rows */
export async function rankColumns(raw: RawRows, rows: Int32Array, signal?: AbortSignal): Promise<RankedColumns> {
  const pacer = createPacer(signal);
  const { values, columnCount } = raw;
  const kept: number[] = [];
  const ranks: Float32Array[] = [];
  for (let column = 0; column < columnCount; column++) {
    await pacer.giveWay();
    const numberOf = (place: number) => values[rows[place] * columnCount + column];
    const present = Int32Array.from(rows.keys()).filter((place) => !Number.isNaN(numberOf(place)));
    if (present.length < Math.max(leastNumbers, leastPresent * rows.length)) continue;
    present.sort((one, other) => numberOf(one) - numberOf(other));
    const ranked = new Float32Array(rows.length);
    const middle = (present.length - 1) / 2;
    let squares = 0;
    let mostTied = 0;
    for (let first = 0; first < present.length; ) {
      let end = first + 1;
      while (end < present.length && numberOf(present[end]) === numberOf(present[first])) end++;
      const rank = (first + end - 1) / 2 - middle;
      for (let place = first; place < end; place++) ranked[present[place]] = rank;
      squares += (end - first) * rank * rank;
      mostTied = Math.max(mostTied, end - first);
      first = end;
    }
    if (mostTied > mostOfOneValue * present.length) continue;
    const length = Math.sqrt(squares);
    for (let place = 0; place < ranked.length; place++) ranked[place] /= length;
    kept.push(column);
    ranks.push(ranked);
  }
  const joined = new Float32Array(kept.length * rows.length);
  for (const [place, ranked] of ranks.entries()) joined.set(ranked, place * rows.length);
  return { columns: Int32Array.from(kept), rowCount: rows.length, ranks: joined };
}

/**
 * Rank correlation (C. Spearman, 1904) of every column with every other; where both have gaps it is nearer to 0.
 * @returns `columns × columns`, symmetric
 */
export async function rankCorrelations(
  { columns, rowCount, ranks }: RankedColumns,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const pacer = createPacer(signal);
  const count = columns.length;
  const correlations = new Float32Array(count * count);
  for (let one = 0; one < count; one++) {
    await pacer.giveWay();
    correlations[one * count + one] = 1;
    for (let other = one + 1; other < count; other++) {
      let sum = 0;
      for (let a = one * rowCount, b = other * rowCount, end = a + rowCount; a < end; a++, b++)
        sum += ranks[a] * ranks[b];
      const held = Math.max(-1, Math.min(1, sum));
      correlations[one * count + other] = held;
      correlations[other * count + one] = held;
    }
  }
  return correlations;
}
