import type { RawRows } from "../preprocess/preparation.ts";
import { fitKpiSpace, type KpiSpace, scaleRows } from "./kpi-space.ts";

/** KPIs of a space that no label helps to choose. */
const mostColumns = 128;
const mostScoredRows = 1_000;

/**
 * A space of the KPIs that vary; of more than 128, of those whose numbers fall into groups most, by Sarle's bimodality
 * coefficient (skewness² + 1) / kurtosis.
 * @param rows which rows, in random order or spread evenly
 */
export async function fitInformativeSpace(raw: RawRows, rows: Int32Array, signal?: AbortSignal): Promise<KpiSpace> {
  const space = await fitKpiSpace(raw, rows, signal);
  const width = space.columns.length;
  if (width <= mostColumns) return space;
  const step = Math.ceil(rows.length / mostScoredRows);
  const scored = rows.filter((_, place) => place % step === 0);
  const scaled = await scaleRows(space, raw, scored, signal);
  const scores = Float64Array.from({ length: width }, (_, column) => bimodality(scaled, scored.length, width, column));
  const chosen = Int32Array.from(scores.keys())
    .sort((one, other) => scores[other] - scores[one] || one - other)
    .subarray(0, mostColumns)
    .sort();
  const take = (numbers: Float64Array) => Float64Array.from(chosen, (place) => numbers[place]);
  return {
    inputColumns: space.inputColumns,
    columns: chosen.map((place) => space.columns[place]),
    fills: take(space.fills),
    units: take(space.units),
    centres: take(space.centres),
    spreads: take(space.spreads),
  };
}

/** Above 5/9, that of the uniform distribution, for numbers in two groups. */
function bimodality(values: Float32Array, rowCount: number, width: number, column: number): number {
  let mean = 0;
  for (let row = 0; row < rowCount; row++) mean += values[row * width + column] / rowCount;
  let [second, third, fourth] = [0, 0, 0];
  for (let row = 0; row < rowCount; row++) {
    const difference = values[row * width + column] - mean;
    second += difference ** 2 / rowCount;
    third += difference ** 3 / rowCount;
    fourth += difference ** 4 / rowCount;
  }
  return second > 0 ? (third ** 2 / second ** 3 + 1) / (fourth / second ** 2) : 0;
}
