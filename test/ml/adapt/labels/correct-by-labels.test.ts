import { expect, it } from "vitest";
import { FitPool } from "../../../../packages/ml/src/adapt/fit/fit-pool.ts";
import { correctByLabels } from "../../../../packages/ml/src/adapt/labels/correct-by-labels.ts";
import { solveSymmetric } from "../../../../packages/ml/src/adapt/labels/solve-symmetric.ts";

it("equations with a symmetric matrix are solved", () => {
  const matrix = Float64Array.of(4, 1, 0.5, 1, 3, 0.2, 0.5, 0.2, 2);
  const wanted = [1, -2, 0.5, 3, 2, -1];
  const right = new Float64Array(6);
  for (let row = 0; row < 3; row++)
    for (let column = 0; column < 2; column++)
      for (let k = 0; k < 3; k++) right[row * 2 + column] += matrix[row * 3 + k] * wanted[k * 2 + column];
  for (const [cell, found] of solveSymmetric(matrix.slice(), right, 3).entries())
    expect(found).toBeCloseTo(wanted[cell]);
});

const rowCount = 120;
/** Three states; the second one is diagnosed as class 0 without much certainty. */
const state = (row: number) => row % 3;
const column = (seed: number) =>
  Float32Array.from({ length: rowCount }, (_, row) =>
    row % 17 === seed ? Number.NaN : 10 * state(row) + ((row * seed) % 13) / 4,
  );
const posteriorOf = (first: (row: number) => number) =>
  Float64Array.from({ length: 2 * rowCount }, (_, cell) => (cell % 2 ? 1 - first(cell >> 1) : first(cell >> 1)));
const posterior = posteriorOf((row) => [0.95, 0.6, 0.05][state(row)]);

async function correct(columns: readonly Float32Array[], ways: readonly Float64Array[], rows: number[]) {
  const labelled = { rows: Int32Array.from(rows), labels: Int32Array.from(rows, (row) => Math.min(1, state(row))) };
  const pool = new FitPool(1);
  const belief = { columns, classCount: 2, posterior, ways };
  const corrected = await correctByLabels(belief, labelled, { seed: 0, pool }).finally(() => pool.close());
  for (let row = 0; row < rowCount; row++) expect(corrected[2 * row] + corrected[2 * row + 1]).toBeCloseTo(1);
  return corrected;
}

it("a label turns the rows around it over, and leaves those far away as they are", async () => {
  const doubt = [0.4, 0.8].map((first) => posteriorOf((row) => [0.95, first, 0.05][state(row)]));
  const corrected = await correct([column(5), column(7)], doubt, [0, 4, 5]);
  const shareOfClass1 = (wanted: number) => {
    const rows = [...Array(rowCount).keys()].filter((row) => state(row) === wanted);
    return rows.filter((row) => corrected[2 * row + 1] > 0.5).length / rows.length;
  };
  expect(shareOfClass1(2)).toBe(1);
  expect(shareOfClass1(0)).toBe(0);
  expect(shareOfClass1(1)).toBeGreaterThan(0.7);
});

it("a label says more of rows that the same ways are in doubt of than of others as near", async () => {
  // The ways take one half of the second state for class 1 by turns with the other half; the KPI tells no half.
  const half = (row: number) => (row % 6 < 3 ? 1 : -1);
  const ways = [0.3, -0.3].map((turn) =>
    posteriorOf((row) => (state(row) === 1 ? 0.5 + turn * half(row) : [0.95, 0, 0.05][state(row)])),
  );
  const columns = [Float32Array.from({ length: rowCount }, (_, row) => 10 * state(row) + ((row * 5) % 13) / 4)];
  const corrected = await correct(columns, ways, [1]);
  const meanOfClass1 = (wanted: number) => {
    const rows = [...Array(rowCount).keys()].filter((row) => state(row) === 1 && row !== 1 && half(row) === wanted);
    return rows.reduce((sum, row) => sum + corrected[2 * row + 1], 0) / rows.length;
  };
  expect(meanOfClass1(1)).toBeGreaterThan(meanOfClass1(-1) + 0.1);
});
