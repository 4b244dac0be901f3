import { expect, it } from "vitest";
import { rowsOutside, stratifiedFolds } from "../../../packages/ml/src/pipeline/stratified-folds.ts";
import { createRandom } from "../../../packages/ml/src/random/random.ts";

const labels = Int32Array.from({ length: 103 }, (_, row) => (row < 80 ? 0 : row < 101 ? 1 : 2));
const rows = Int32Array.from(labels.keys());

it("every row is in one fold, and every fold has its share of every class", () => {
  const folds = stratifiedFolds(rows, labels, 3, 5, createRandom(1));
  expect(Int32Array.from(folds.flatMap((fold) => [...fold])).sort()).toEqual(rows);
  for (const fold of folds) {
    const counts = [0, 0, 0];
    for (const row of fold) counts[labels[row]]++;
    expect(counts[0]).toBe(16);
    expect([4, 5]).toContain(counts[1]);
    expect(fold).toEqual(fold.toSorted());
  }
  const sizes = folds.map(({ length }) => length);
  expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
});

it("the rows outside a fold are all others, in order", () => {
  const folds = stratifiedFolds(rows, labels, 3, 4, createRandom(2));
  const outside = rowsOutside(folds, 2);
  expect(outside).toEqual(rows.filter((row) => !folds[2].includes(row)));
});

it("the same seed gives the same folds, another others", () => {
  const folds = (seed: number) => stratifiedFolds(rows, labels, 3, 5, createRandom(seed));
  expect(folds(3)).toEqual(folds(3));
  expect(folds(3)).not.toEqual(folds(4));
});
