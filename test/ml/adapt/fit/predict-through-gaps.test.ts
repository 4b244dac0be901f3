import { expect, it } from "vitest";
import { runFitJob } from "../../../../packages/ml/src/adapt/fit/fit-job.ts";
import { predictThroughGaps } from "../../../../packages/ml/src/adapt/fit/predict-through-gaps.ts";
import { visitLeaves } from "../../../../packages/ml/src/adapt/fit/visit-leaves.ts";
import { predictEnsemble } from "../../../../packages/ml/src/learners/trees/predict-ensemble.ts";
import type { Tree } from "../../../../packages/ml/src/learners/trees/tree.ts";

/** Column 0 at 5 parts 8 rows of one class from 2, of which column 1 parts one from the other. */
const tree: Tree = {
  columns: Int32Array.of(0, -1, 1, -1, -1),
  thresholds: Float32Array.of(5, 0, 1, 0, 0),
  gapsLeft: new Uint8Array(5),
  left: Int32Array.of(1, 0, 3, 0, 0),
  right: Int32Array.of(2, 0, 4, 0, 0),
  cover: Float32Array.of(10, 8, 2, 1, 1),
  valueStarts: Int32Array.of(0, 0, 1, 1, 2, 3),
  outputs: Int32Array.of(0, 1, 2),
  values: Float32Array.of(1, 1, 1),
};
const ensemble = { columnCount: 2, outputCount: 3, base: new Float32Array(3), trees: [tree] };
const gap = Number.NaN;

it("a gap is answered by what the training rows of both branches were, in their proportion", () => {
  const answers = predictThroughGaps(ensemble, Float32Array.of(9, 0, gap, 0, gap, gap, 9, gap, 2, gap));
  expect([...answers].map((share) => Math.round(share * 1_000) / 1_000)).toEqual(
    [
      [0, 1, 0],
      [0.8, 0.2, 0],
      [0.8, 0.1, 0.1],
      [0, 0.5, 0.5],
      [1, 0, 0],
    ].flat(),
  );
});

it("a row goes to leaves in shares that sum up to one, however many gaps it has", () => {
  let sum = 0;
  visitLeaves(tree, Float32Array.of(gap, gap), 0, (_, share) => {
    sum += share;
  });
  expect(sum).toBeCloseTo(1);
});

it("trees that average over gaps do better on rows with gaps than trees that see a number in their place", async () => {
  // Column 0 tells the classes apart, column 1 does so less; of the answered rows column 0 is a gap.
  const rowCount = 300;
  const labels = Int32Array.from({ length: rowCount }, (_, row) => row % 2);
  const values = Float32Array.from(labels, (label, row) => label * 4 + ((row * 37) % 11) / 10);
  const second = Float32Array.from(labels, (label, row) => label * 1.5 + ((row * 53) % 23) / 10);
  const both = Float32Array.from({ length: 2 * rowCount }, (_, cell) => (cell % 2 ? second : values)[cell >> 1]);
  const samples = {
    rowCount,
    columnCount: 2,
    classCount: 2,
    labels,
    values: both,
    weights: new Float32Array(rowCount).fill(1),
  };
  const shape = { trees: 60, columnShare: 0.5, minLeafRows: 3 };
  const rows = both.map((value, cell) => (cell % 2 ? value : gap));
  const averaged = await runFitJob({
    learner: { ...shape, gaps: "averaged" },
    samples,
    rows,
    seed: 1,
    keepTrees: true,
  });
  const filled = await runFitJob({
    learner: shape,
    samples,
    rows: rows.map((value) => (Number.isNaN(value) ? 0.5 : value)),
    seed: 1,
  });
  const right = (answers: Float64Array) =>
    labels.filter((label, row) => answers[2 * row + label] > answers[2 * row + 1 - label]).length / rowCount;
  expect(right(averaged.answers)).toBeGreaterThan(0.75);
  expect(right(averaged.answers)).toBeGreaterThan(right(filled.answers) + 0.1);
  const { ensemble: forest } = averaged;
  expect(forest?.trees).toHaveLength(60);
  const whole = predictEnsemble(forest ?? ensemble, both, rowCount);
  for (const [cell, share] of predictThroughGaps(forest ?? ensemble, both).entries())
    expect(share).toBeCloseTo(whole[cell]);
});
