import { describe, expect, it } from "vitest";
import { invertPositiveDefinite } from "../../../../packages/ml/src/preprocess/impute/invert.ts";
import { fitIterativeRefiner } from "../../../../packages/ml/src/preprocess/impute/iterative-refiner.ts";
import { fitNearestRefiner } from "../../../../packages/ml/src/preprocess/impute/nearest-refiner.ts";
import { createRandom } from "../../../../packages/ml/src/random/random.ts";
import { normal } from "../../fixtures/synthetic-table.ts";

const random = createRandom(6);
/** The third column is the sum of the first two. */
const values = new Float64Array(900);
for (let row = 0; row < 300; row++) {
  const [one, two] = [normal(random), normal(random)];
  values.set([one, two, one + two], 3 * row);
}
const rows = { rowCount: 300, columnCount: 3, values, gaps: new Uint8Array(900) };

describe("a gap is estimated from the row's other columns", () => {
  it.each(["iterative", "k-nearest"])("by the %s imputer", async (kind) => {
    const refiner = kind === "iterative" ? await fitIterativeRefiner(rows, 10) : fitNearestRefiner(rows);
    const row = Float64Array.of(1, 0.5, 0);
    refiner.refine(row, Uint8Array.of(0, 0, 1));
    expect(row[2]).toBeGreaterThan(1.1);
    expect(row[2]).toBeLessThan(1.9);
    expect([row[0], row[1]]).toEqual([1, 0.5]);
  });
});

it("an estimate far beyond what was learned from is held at the limit", async () => {
  const refiner = await fitIterativeRefiner(rows, 2);
  const row = Float64Array.of(9, 9, 0);
  refiner.refine(row, Uint8Array.of(0, 0, 1));
  expect(row[2]).toBe(2);
});

it("a gap is estimated from the estimate of another one", async () => {
  const own = createRandom(7);
  const chain = new Float64Array(900);
  for (let row = 0; row < 300; row++) {
    const first = 2 * normal(own);
    const second = first + normal(own);
    chain.set([first, second, second + 0.5 * normal(own)], 3 * row);
  }
  const refiner = await fitIterativeRefiner({ ...rows, values: chain }, 10);
  const row = Float64Array.of(4, 0, 0);
  refiner.refine(row, Uint8Array.of(0, 1, 1));
  expect(row[2]).toBeGreaterThan(1);
});

it("neighbours are looked for among the rows with the fewest gaps, wherever these stand", () => {
  const count = 500;
  const late = (row: number) => row >= 400;
  const mixed = {
    rowCount: count,
    columnCount: 2,
    values: Float64Array.from({ length: 2 * count }, (_, cell) => (late(cell >> 1) ? 5 : 0)),
    gaps: Uint8Array.from({ length: 2 * count }, (_, cell) => (!late(cell >> 1) && cell % 2 === 1 ? 1 : 0)),
  };
  const row = Float64Array.of(5, 0);
  fitNearestRefiner(mixed).refine(row, Uint8Array.of(0, 1));
  expect(row[1]).toBe(5);
});

it("the inverse times the matrix is the identity", () => {
  const matrix = Float64Array.of(4, 1, 0.5, 1, 3, 0.2, 0.5, 0.2, 2);
  const inverse = invertPositiveDefinite(matrix, 3);
  for (let cell = 0; cell < 9; cell++) {
    let total = 0;
    for (let inner = 0; inner < 3; inner++)
      total += matrix[3 * Math.floor(cell / 3) + inner] * inverse[3 * inner + (cell % 3)];
    expect(total).toBeCloseTo(cell % 4 === 0 ? 1 : 0, 12);
  }
  expect(() => invertPositiveDefinite(Float64Array.of(0, 0, 0, 0), 2)).toThrow(RangeError);
});
