import { createPacer } from "../pacer.ts";
import type { ColumnStep } from "./column-step.ts";
import { largestFloat32 } from "./hold.ts";
import type { FilledRows, GapRefiner } from "./impute/gap-refiner.ts";
import { fitIterativeRefiner, mostIterativeColumns } from "./impute/iterative-refiner.ts";
import { fitNearestRefiner } from "./impute/nearest-refiner.ts";
import { createImputer, fitFill, type ImputerKind } from "./imputer.ts";
import { createLimiter } from "./limiter.ts";
import { createPreparation, type Preparation, type RawRows } from "./preparation.ts";
import { presentValues } from "./present-values.ts";
import { createQuantileScaler, fitKnots, type KnotLine } from "./quantile-scaler.ts";
import { createRangeLimiter, fitRange, type Range } from "./range-limiter.ts";
import { createScaler, fitScale, type Scale, type ScalerKind } from "./scaler.ts";
import { createSignedLog, fitUnit, signedLog } from "./signed-log.ts";

export interface PreparationSettings {
  readonly imputer: ImputerKind;
  readonly scaler: ScalerKind;
  /** Add a column of 0 and 1 for each column that has gaps as well as numbers. */
  readonly missingIndicators: boolean;
  /** Numbers are held within the quartiles moved outwards by this multiple of their distance; default 0: as they are. */
  readonly outlierLimit?: number;
}

/** Thrown where the settings cannot be had with such data. */
export class PreparationError extends Error {
  override readonly name = "PreparationError";
  readonly parameters: Readonly<Record<string, string | number>>;

  constructor(parameters: Readonly<Record<string, string | number>>) {
    super(`the preparation cannot be fitted: ${JSON.stringify(parameters)}`);
    this.parameters = parameters;
  }
}

/** Scaled values are held within ± this, so that a KPI gone astray cannot drown all others. */
const scaledLimit = 10;
/** Rows that imputers of several columns are fitted to; more are thinned out evenly. */
const mostRefinerRows = 5_000;

/** What is fitted to one column. */
interface ColumnFit {
  readonly fill: number;
  readonly range: Range;
  readonly unit: number;
  readonly scale: Scale;
  readonly line: KnotLine;
}

/**
 * Fits imputer and scaler to the given rows, and to no other. Columns that have one value there, or none, are left out.
 * @param rows at least one
 * @param kept per column whether it may be used; default all
 * @throws PreparationError where an imputer cannot take so many columns
 */
export async function fitPreparation(
  raw: RawRows,
  rows: Int32Array,
  settings: PreparationSettings,
  signal?: AbortSignal,
  kept?: readonly boolean[],
): Promise<Preparation> {
  const pacer = createPacer(signal);
  const valueColumns: number[] = [];
  const indicatorColumns: number[] = [];
  const fits: ColumnFit[] = [];
  for (let column = 0; column < raw.columnCount; column++) {
    if (kept && !kept[column]) continue;
    await pacer.giveWay();
    const values = presentValues(raw, rows, column);
    if (settings.missingIndicators && values.length > 0 && values.length < rows.length) indicatorColumns.push(column);
    values.sort();
    if (values.length === 0 || values[0] === values[values.length - 1]) continue;
    valueColumns.push(column);
    fits.push(fitColumn(values, settings));
  }
  const steps = columnSteps(fits, settings);
  const refiner = await fitRefiner(raw, rows, valueColumns, steps, settings.imputer, signal);
  return createPreparation(raw.columnCount, valueColumns, indicatorColumns, steps, refiner);
}

function fitColumn(sorted: Float64Array, { imputer, scaler, outlierLimit = 0 }: PreparationSettings): ColumnFit {
  const fill = fitFill(sorted, imputer);
  const range = fitRange(sorted, outlierLimit);
  const held = outlierLimit > 0 ? sorted.map((value) => Math.min(Math.max(value, range.lower), range.upper)) : sorted;
  const fit: ColumnFit = { fill, range, unit: 1, scale: { centre: 0, spread: 1 }, line: unusedLine };
  switch (scaler) {
    case "robust-signed-log": {
      const unit = fitUnit(held);
      return {
        ...fit,
        unit,
        scale: fitScale(
          held.map((value) => signedLog(value, unit)),
          "robust",
        ),
      };
    }
    case "quantile-normal":
      return { ...fit, line: fitKnots(held, "normal") };
    case "quantile-uniform":
      return { ...fit, line: fitKnots(held, "uniform") };
    default:
      return { ...fit, scale: fitScale(held, scaler) };
  }
}

const unusedLine: KnotLine = { places: new Float64Array(0), heights: new Float64Array(0) };

function columnSteps(fits: readonly ColumnFit[], { scaler, outlierLimit = 0 }: PreparationSettings): ColumnStep[] {
  const scaling =
    scaler === "quantile-normal" || scaler === "quantile-uniform"
      ? createQuantileScaler(fits.map(({ line }) => line))
      : createScaler(fits.map(({ scale }) => scale));
  return [
    createImputer(Float64Array.from(fits, ({ fill }) => fill)),
    createLimiter(largestFloat32),
    ...(outlierLimit > 0 ? [createRangeLimiter(fits.map(({ range }) => range))] : []),
    ...(scaler === "robust-signed-log" ? [createSignedLog(Float64Array.from(fits, ({ unit }) => unit))] : []),
    scaling,
    createLimiter(scaledLimit),
  ];
}

async function fitRefiner(
  raw: RawRows,
  rows: Int32Array,
  columns: readonly number[],
  steps: readonly ColumnStep[],
  imputer: ImputerKind,
  signal: AbortSignal | undefined,
): Promise<GapRefiner | undefined> {
  if ((imputer !== "iterative" && imputer !== "k-nearest") || columns.length === 0) return undefined;
  if (imputer === "iterative" && columns.length > mostIterativeColumns) {
    throw new PreparationError({
      reason: "too-many-columns",
      imputer,
      columns: columns.length,
      most: mostIterativeColumns,
    });
  }
  const thinned = rows.filter((_, index) => index % Math.ceil(rows.length / mostRefinerRows) === 0);
  const filled = await fillRows(raw, thinned, columns, steps, signal);
  return imputer === "iterative" ? fitIterativeRefiner(filled, scaledLimit, signal) : fitNearestRefiner(filled);
}

async function fillRows(
  raw: RawRows,
  rows: Int32Array,
  columns: readonly number[],
  steps: readonly ColumnStep[],
  signal: AbortSignal | undefined,
): Promise<FilledRows> {
  const pacer = createPacer(signal);
  const values = new Float64Array(rows.length * columns.length);
  const gaps = new Uint8Array(values.length);
  let cell = 0;
  for (const row of rows) {
    await pacer.giveWay();
    for (const [place, column] of columns.entries()) {
      let value: number = raw.values[row * raw.columnCount + column];
      gaps[cell] = Number.isNaN(value) ? 1 : 0;
      for (const step of steps) value = step.apply(value, place);
      values[cell++] = value;
    }
  }
  return { rowCount: rows.length, columnCount: columns.length, values, gaps };
}
