import { expect, it } from "vitest";
import { fitForest } from "../../../../../packages/ml/src/learners/trees/forest/fit-forest.ts";
import { growForest } from "../../../../../packages/ml/src/learners/trees/forest/grow-forest.ts";
import { syntheticTable } from "../../../fixtures/synthetic-table.ts";

const {
  values,
  rowCount,
  labels = new Int32Array(0),
} = syntheticTable({
  rowsPerClass: [60, 40, 20],
  columns: 6,
  gapShare: 0.1,
});
const samples = {
  ...{ rowCount, columnCount: 6, values, labels, classCount: 3 },
  weights: Float32Array.from(labels, (label) => [0.5, 1, 2.5][label]),
};
const settings = { trees: 7, columnShare: 0.5, minLeafRows: 2, maxDepth: 9 };

it.each([
  ["random", false],
  ["best", true],
] as const)("trees of %s splits are those of threads", async (split, bootstrap) => {
  const order = { ...settings, split, bootstrap };
  const { ensemble } = await fitForest(samples, samples, order, { seed: 5, threads: 2 });
  expect(await growForest(samples, order, 5)).toEqual(ensemble);
});

it("stops where it is told to", async () => {
  const controller = new AbortController();
  controller.abort(new Error("enough"));
  const growing = growForest(samples, { ...settings, split: "best", bootstrap: true }, 5, controller.signal);
  await expect(growing).rejects.toThrow("enough");
});
