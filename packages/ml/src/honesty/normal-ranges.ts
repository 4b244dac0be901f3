import { createPacer } from "../pacer.ts";
import type { RawRows } from "../preprocess/preparation.ts";
import { quantile } from "../preprocess/quantile.ts";
import { normalClass } from "./normal-class.ts";

/** Where a KPI usually lies. */
export interface NormalRange {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

export interface NormalRanges {
  /** The class whose rows the ranges come from; null where they come from all rows. */
  readonly source: string | null;
  /** Per column; null where it has no number. */
  readonly ranges: readonly (NormalRange | null)[];
}

export interface RangeViolation {
  readonly column: number;
  readonly value: number;
  readonly direction: "above" | "below";
  /** How far outside, in half-widths of the range; of a range that is one value, in magnitudes of that value. */
  readonly excess: number;
}

/** Share of the rows beyond each end of a normal range. */
const outsideShare = 0.005;
/** With fewer rows of the class called normal, all rows are asked. */
const leastNormalRows = 30;
/**
 * The middle 99 % of each KPI, from the rows of the class called normal, else from all rows: quantiles, so that a few
 * rows gone astray widen nothing.
 * @param rows which rows
 * @param labels class index per row of the whole table
 */
export async function fitNormalRanges(
  raw: RawRows,
  rows: Int32Array,
  labels: Int32Array,
  classes: readonly string[],
  signal?: AbortSignal,
): Promise<NormalRanges> {
  const pacer = createPacer(signal);
  const normal = normalRows(rows, labels, classes);
  const ranges: (NormalRange | null)[] = [];
  for (let column = 0; column < raw.columnCount; column++) {
    await pacer.giveWay();
    ranges.push(rangeOf(raw, normal.rows, column));
  }
  return { source: normal.source, ranges };
}

/**
 * The rows of the class called normal, and its name; all rows and null where there are too few.
 * @param labels class index per row of the whole table
 */
export function normalRows(
  rows: Int32Array,
  labels: Int32Array,
  classes: readonly string[],
): { readonly rows: Int32Array; readonly source: string | null } {
  const normal = normalClass(classes);
  const own = rows.filter((row) => labels[row] === normal);
  return own.length >= leastNormalRows ? { rows: own, source: classes[normal] } : { rows, source: null };
}

/**
 * The KPIs of a row that lie outside their normal ranges, the furthest first.
 * @param values one per column, from `offset`; gaps are nowhere
 */
export function outOfRange(
  { ranges }: Pick<NormalRanges, "ranges">,
  values: Float32Array,
  offset = 0,
): RangeViolation[] {
  const violations: RangeViolation[] = [];
  for (const [column, range] of ranges.entries()) {
    const value = values[offset + column];
    if (!range || Number.isNaN(value) || (value >= range.low && value <= range.high)) continue;
    const above = value > range.high;
    const distance = above ? value - range.high : range.low - value;
    violations.push({ column, value, direction: above ? "above" : "below", excess: distance / halfWidth(range) });
  }
  return violations.sort((a, b) => b.excess - a.excess || a.column - b.column);
}

function halfWidth({ low, high }: NormalRange): number {
  if (high > low) return (high - low) / 2;
  return low === 0 ? 1 : Math.abs(low);
}

function rangeOf({ values, columnCount }: RawRows, rows: Int32Array, column: number): NormalRange | null {
  const present = new Float64Array(rows.length);
  let count = 0;
  for (const row of rows) {
    const value = values[row * columnCount + column];
    if (!Number.isNaN(value)) present[count++] = value;
  }
  if (count === 0) return null;
  const sorted = present.subarray(0, count).sort();
  const at = (share: number) => Math.fround(quantile(sorted, share));
  return { low: at(outsideShare), median: at(0.5), high: at(1 - outsideShare) };
}
