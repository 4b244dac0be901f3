import { createPacer } from "../pacer.ts";
import { hold, largestFloat32 } from "../preprocess/hold.ts";
import type { RawRows } from "../preprocess/preparation.ts";
import { presentValues } from "../preprocess/present-values.ts";
import { quantile } from "../preprocess/quantile.ts";
import { fitScale } from "../preprocess/scaler.ts";
import { fitUnit, signedLog } from "../preprocess/signed-log.ts";

/**
 * KPIs brought to one scale, so that distances between rows mean something: gaps filled by the median, a signed
 * logarithm, median and interquartile range for scale, and narrow limits, so that one KPI gone astray is no more than
 * that. Plain numbers, so that it can be written down.
 */
export interface KpiSpace {
  /** Columns of a raw row. */
  readonly inputColumns: number;
  /** Which of them the space has, one dimension each. The numbers below are per dimension. */
  readonly columns: Int32Array;
  readonly fills: Float64Array;
  readonly units: Float64Array;
  readonly centres: Float64Array;
  readonly spreads: Float64Array;
}

/** Scaled numbers are held within ± this. */
const spaceLimit = 3;

/**
 * Fits the space to the given rows. Columns that do not vary there are left out; none may be left.
 * @param rows which rows
 * @param wanted columns that may be used; default all
 */
export async function fitKpiSpace(
  raw: RawRows,
  rows: Int32Array,
  signal?: AbortSignal,
  wanted?: readonly number[],
): Promise<KpiSpace> {
  const pacer = createPacer(signal);
  const columns: number[] = [];
  const fits: { readonly fill: number; readonly unit: number; readonly centre: number; readonly spread: number }[] = [];
  for (const column of wanted ?? Array.from({ length: raw.columnCount }, (_, index) => index)) {
    await pacer.giveWay();
    const sorted = presentValues(raw, rows, column).sort();
    if (sorted.length === 0 || sorted[0] === sorted[sorted.length - 1]) continue;
    const unit = fitUnit(sorted);
    const scale = fitScale(
      sorted.map((value) => signedLog(value, unit)),
      "robust",
    );
    columns.push(column);
    fits.push({ fill: quantile(sorted, 0.5), unit, ...scale });
  }
  return {
    inputColumns: raw.columnCount,
    columns: Int32Array.from(columns),
    fills: Float64Array.from(fits, ({ fill }) => fill),
    units: Float64Array.from(fits, ({ unit }) => unit),
    centres: Float64Array.from(fits, ({ centre }) => centre),
    spreads: Float64Array.from(fits, ({ spread }) => spread),
  };
}

/**
 * A row in the space.
 * @param values raw numbers of the row from `offset`, NaN for a gap
 * @param target takes one number per dimension from `at`
 */
export function scaleRow(
  space: KpiSpace,
  values: Float32Array,
  offset: number,
  target: Float32Array,
  at: number,
): void {
  const { columns, fills, units, centres, spreads } = space;
  for (let dimension = 0; dimension < columns.length; dimension++) {
    const value = values[offset + columns[dimension]];
    const held = Number.isNaN(value) ? fills[dimension] : hold(value, largestFloat32);
    const scaled = (signedLog(held, units[dimension]) - centres[dimension]) / spreads[dimension];
    target[at + dimension] = hold(scaled, spaceLimit);
  }
}

/** @returns `rows.length × space.columns.length` numbers, row by row */
export async function scaleRows(
  space: KpiSpace,
  raw: RawRows,
  rows: Int32Array,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const pacer = createPacer(signal);
  const width = space.columns.length;
  const scaled = new Float32Array(rows.length * width);
  for (let place = 0; place < rows.length; place++) {
    if (place % 64 === 0) await pacer.giveWay();
    scaleRow(space, raw.values, rows[place] * raw.columnCount, scaled, place * width);
  }
  return scaled;
}
