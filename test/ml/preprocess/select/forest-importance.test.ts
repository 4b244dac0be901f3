import { expect, it } from "vitest";
import { forestImportance } from "../../../../packages/ml/src/preprocess/select/forest-importance.ts";
import { createRandom } from "../../../../packages/ml/src/random/random.ts";
import { normal } from "../../fixtures/synthetic-table.ts";

const rowCount = 600;
const random = createRandom(9);
/** The class is whether two KPIs have the same sign: neither tells anything by itself. */
const values = Float32Array.from({ length: 6 * rowCount }, () => normal(random));
const labels = Int32Array.from({ length: rowCount }, (_, row) =>
  values[6 * row + 1] * values[6 * row + 4] > 0 ? 1 : 0,
);
const rows = Int32Array.from(labels.keys());

it("finds KPIs that tell the class together only", async () => {
  const { scores, byChance } = await forestImportance({ columnCount: 6, values }, rows, labels, 2, createRandom(1));
  const order = [...scores.keys()].sort((one, other) => scores[other] - scores[one]);
  expect(order.slice(0, 2).sort()).toEqual([1, 4]);
  expect(scores.filter((score) => score > byChance)).toHaveLength(2);
});

it("is a share of what all columns gain, the same for the same seed", async () => {
  const raw = { columnCount: 6, values };
  const { scores } = await forestImportance(raw, rows, labels, 2, createRandom(1));
  expect(scores.reduce((sum, score) => sum + score, 0)).toBeLessThan(1);
  expect((await forestImportance(raw, rows, labels, 2, createRandom(1))).scores).toEqual(scores);
});

it("is 0 where nothing varies", async () => {
  const raw = { columnCount: 2, values: new Float32Array(2 * rowCount).fill(3) };
  expect(await forestImportance(raw, rows, labels, 2, createRandom(1))).toEqual({ scores: [0, 0], byChance: 0 });
});
