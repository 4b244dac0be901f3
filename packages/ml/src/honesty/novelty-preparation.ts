import { createPacer } from "../pacer.ts";
import { largestFloat32 } from "../preprocess/hold.ts";
import { createImputer, fitFill } from "../preprocess/imputer.ts";
import { createLimiter } from "../preprocess/limiter.ts";
import { createPreparation, type Preparation, type RawRows } from "../preprocess/preparation.ts";
import { presentValues } from "../preprocess/present-values.ts";
import { createScaler, fitScale, type Scale } from "../preprocess/scaler.ts";
import { createSignedLog, fitUnit, signedLog } from "../preprocess/signed-log.ts";

/** Prepared numbers are held within ± this, so that one KPI gone astray is no more than that. */
const limit = 3;

/**
 * Medians for gaps, a signed logarithm, median and interquartile range for scale, and narrow limits: distances of
 * heavy-tailed KPIs say nothing otherwise. Columns that do not vary are left out.
 * @param rows which rows
 */
export async function fitNoveltyPreparation(
  raw: RawRows,
  rows: Int32Array,
  signal?: AbortSignal,
): Promise<Preparation> {
  const pacer = createPacer(signal);
  const columns: number[] = [];
  const fills: number[] = [];
  const units: number[] = [];
  const scales: Scale[] = [];
  for (let column = 0; column < raw.columnCount; column++) {
    await pacer.giveWay();
    const sorted = presentValues(raw, rows, column).sort();
    if (sorted.length === 0 || sorted[0] === sorted[sorted.length - 1]) continue;
    const unit = fitUnit(sorted);
    const logarithms = sorted.map((value) => signedLog(value, unit));
    columns.push(column);
    fills.push(fitFill(sorted, "median"));
    units.push(unit);
    scales.push(fitScale(logarithms, "robust"));
  }
  return createPreparation(
    raw.columnCount,
    columns,
    [],
    [
      createImputer(Float64Array.from(fills)),
      createLimiter(largestFloat32),
      createSignedLog(Float64Array.from(units)),
      createScaler(scales),
      createLimiter(limit),
    ],
  );
}
