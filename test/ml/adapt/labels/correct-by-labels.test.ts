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

it("a label turns the rows around it over, and leaves those far away as they are", async () => {
  // Three states; the second one is diagnosed as class 0 without much certainty, and a label says that it is class 1.
  const rowCount = 120;
  const state = (row: number) => row % 3;
  const column = (seed: number) =>
    Float32Array.from({ length: rowCount }, (_, row) =>
      row % 17 === seed ? Number.NaN : 10 * state(row) + ((row * seed) % 13) / 4,
    );
  const columns = [column(5), column(7)];
  const posterior = Float64Array.from({ length: 2 * rowCount }, (_, cell) => {
    const first = [0.95, 0.6, 0.05][state(cell >> 1)];
    return cell % 2 ? 1 - first : first;
  });
  const labelled = { rows: Int32Array.of(0, 4, 5), labels: Int32Array.of(0, 1, 1) };
  const pool = new FitPool(1);
  const corrected = await correctByLabels(columns, 2, posterior, labelled, { seed: 0, pool }).finally(() =>
    pool.close(),
  );
  const shareOfClass1 = (wanted: number) => {
    const rows = [...Array(rowCount).keys()].filter((row) => state(row) === wanted);
    return rows.filter((row) => corrected[2 * row + 1] > 0.5).length / rows.length;
  };
  expect([0, 1, 2].map(shareOfClass1)[2]).toBe(1);
  expect(shareOfClass1(0)).toBe(0);
  expect(shareOfClass1(1)).toBeGreaterThan(0.7);
  for (let row = 0; row < rowCount; row++) expect(corrected[2 * row] + corrected[2 * row + 1]).toBeCloseTo(1);
});
