import { createPacer } from "../pacer.ts";
import type { ColumnStep } from "./column-step.ts";
import { hold, largestFloat32 } from "./hold.ts";
import { createImputer, fitFill, type ImputerKind } from "./imputer.ts";
import { createLimiter } from "./limiter.ts";
import { createPreparation, type Preparation, type RawRows } from "./preparation.ts";
import { createScaler, fitScale, type Scale, type ScalerKind } from "./scaler.ts";
import { createSignedLog, fitUnit, signedLog } from "./signed-log.ts";

export interface PreparationSettings {
  readonly imputer: ImputerKind;
  readonly scaler: ScalerKind;
  /** Add a column of 0 and 1 for each column that has gaps as well as numbers. */
  readonly missingIndicators: boolean;
}

/** Scaled values are held within ± this, so that a KPI gone astray cannot drown all others. */
const scaledLimit = 10;

interface ColumnFit extends Scale {
  readonly fill: number;
  readonly unit: number;
}

/**
 * Fits imputer and scaler to the given rows, and to no other. Columns that have one value there, or none, are left out.
 * @param rows at least one
 */
export async function fitPreparation(
  raw: RawRows,
  rows: Int32Array,
  settings: PreparationSettings,
  signal?: AbortSignal,
): Promise<Preparation> {
  const pacer = createPacer(signal);
  const valueColumns: number[] = [];
  const indicatorColumns: number[] = [];
  const fits: ColumnFit[] = [];
  for (let column = 0; column < raw.columnCount; column++) {
    await pacer.giveWay();
    const values = presentValues(raw, rows, column);
    if (settings.missingIndicators && values.length > 0 && values.length < rows.length) indicatorColumns.push(column);
    values.sort();
    if (values.length === 0 || values[0] === values[values.length - 1]) continue;
    valueColumns.push(column);
    fits.push(fitColumn(values, settings));
  }
  return createPreparation(raw.columnCount, valueColumns, indicatorColumns, steps(fits, settings.scaler));
}

function presentValues(raw: RawRows, rows: Int32Array, column: number): Float64Array {
  const values = new Float64Array(rows.length);
  let count = 0;
  for (const row of rows) {
    const value = raw.values[row * raw.columnCount + column];
    if (!Number.isNaN(value)) values[count++] = hold(value, largestFloat32);
  }
  return values.subarray(0, count);
}

function fitColumn(sorted: Float64Array, { imputer, scaler }: PreparationSettings): ColumnFit {
  const fill = fitFill(sorted, imputer);
  if (scaler !== "robust-signed-log") return { fill, unit: 1, ...fitScale(sorted, scaler) };
  const unit = fitUnit(sorted);
  const logs = sorted.map((value) => signedLog(value, unit));
  return { fill, unit, ...fitScale(logs, "robust") };
}

function steps(fits: readonly ColumnFit[], scaler: ScalerKind): ColumnStep[] {
  const units = Float64Array.from(fits, ({ unit }) => unit);
  return [
    createImputer(Float64Array.from(fits, ({ fill }) => fill)),
    createLimiter(largestFloat32),
    ...(scaler === "robust-signed-log" ? [createSignedLog(units)] : []),
    createScaler(fits),
    createLimiter(scaledLimit),
  ];
}
