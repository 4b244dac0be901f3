import { expect, it } from "vitest";
import type { FittedLearner } from "../../../../packages/ml/src/learners/learner.ts";
import { linear } from "../../../../packages/ml/src/learners/linear/linear.ts";
import { correctPrior, trainingPrior } from "../../../../packages/ml/src/learners/prior/correct-prior.ts";
import { blobs, largestDifference, throughGraph } from "../../fixtures/learner-samples.ts";

it("probabilities are divided by the training prior, in ONNX as in TypeScript", async () => {
  const rows = blobs({ rowCount: 40, columnCount: 2, classCount: 2, distance: 0.5 });
  const rare = { ...rows, labels: rows.labels.map((_, row) => (row % 10 === 0 ? 1 : 0)) };
  const prior = trainingPrior(rare);
  expect(Array.from(prior)).toEqual([0.9, 0.1]);
  const settings = { learner: "linear", l2: 1, iterations: 50 } as const;
  const plain = await linear.fit(rare, rare, settings, { seed: 0, threads: 1 });
  const before = plain.predict(rare.values, 40).slice();
  const step = correctPrior(prior);
  const after = step.apply(before);
  for (let row = 0; row < 40; row++) {
    const odds = before[2 * row + 1] / 0.1 / (before[2 * row] / 0.9);
    expect(after[2 * row + 1]).toBeCloseTo(odds / (1 + odds), 5);
  }
  const corrected: FittedLearner = {
    ...plain,
    addTo: (graph, input) => step.addTo(graph, plain.addTo(graph, input)),
  };
  expect(largestDifference(after, await throughGraph(corrected, rare))).toBeLessThan(1e-5);
});

it("classes that the training lacked keep their probability, and weights count in the prior", () => {
  const rows = blobs({ rowCount: 4, columnCount: 1, classCount: 2 });
  const prior = trainingPrior({ ...rows, classCount: 3, weights: Float32Array.of(1, 3, 1, 3) });
  expect(Array.from(prior)).toEqual([0.25, 0.75, 0]);
});
