import { describe, expect, it } from "vitest";
import { featuresInput, probabilitiesOutput } from "../../../../packages/ml/src/diagnose/graph-names.ts";
import { openPredictor } from "../../../../packages/ml/src/diagnose/predictor.ts";
import type { FittedLearner, Samples } from "../../../../packages/ml/src/learners/learner.ts";
import { extraTrees, randomForest } from "../../../../packages/ml/src/learners/trees/forests.ts";
import { gbdt } from "../../../../packages/ml/src/learners/trees/gbdt.ts";
import type { FittedTrees } from "../../../../packages/ml/src/learners/trees/tree-learner.ts";
import { encodeModel } from "../../../../packages/ml/src/onnx/encode-model.ts";
import { GraphBuilder } from "../../../../packages/ml/src/onnx/graph-builder.ts";
import { labelledRows } from "./labelled-rows.ts";

const training = labelledRows({ rowCount: 500, classCount: 5, columnCount: 15, gapShare: 0.15 });
const validation = labelledRows({ rowCount: 200, classCount: 5, columnCount: 15, gapShare: 0.15, seed: 2 });
const options = { seed: 1, threads: 2 };
const boosting = {
  learner: "gbdt",
  rounds: 600,
  learningRate: 0.05,
  leaves: 8,
  bins: 255,
  l2: 1,
  minLeafRows: 5,
  minLeafHessian: 1e-3,
  columnShare: 0.5,
  rowShare: 0.8,
  patience: 600,
} as const;
const forest = { trees: 100, columnShare: 0.4, minLeafRows: 1, maxDepth: 1_000 } as const;

async function throughGraph(fitted: FittedLearner, { values, rowCount, columnCount, classCount }: Samples) {
  const graph = new GraphBuilder("trees");
  const input = graph.addInput(featuresInput, "float32", ["N", columnCount]);
  graph.addOutput(probabilitiesOutput, fitted.addTo(graph, input), "float32", ["N", classCount]);
  const bytes = encodeModel(graph, { producer: "test", producerVersion: "1" });
  const predictor = await openPredictor(bytes, columnCount, classCount, { threads: 2 });
  try {
    return await predictor.predict(values, rowCount);
  } finally {
    await predictor.close();
  }
}

it("boosted trees part rows that are fewer than two leaves would ask for", async () => {
  const few = labelledRows({ rowCount: 18, classCount: 2, columnCount: 3, gapShare: 0 });
  const none = labelledRows({ rowCount: 0, classCount: 2, columnCount: 3, gapShare: 0 });
  const learner = await gbdt.fit(few, none, { ...boosting, rounds: 20, minLeafRows: 10, patience: 20 }, options);
  const answers = learner.predict(few.values, few.rowCount).filter((_, cell) => cell % 2 === 0);
  expect(Math.max(...answers) - Math.min(...answers)).toBeGreaterThan(0.2);
});

describe.each([
  ["gbdt", () => gbdt.fit(training, validation, boosting, options)],
  ["random-forest", () => randomForest.fit(training, validation, { learner: "random-forest", ...forest }, options)],
  ["extra-trees", () => extraTrees.fit(training, validation, { learner: "extra-trees", ...forest }, options)],
])("%s", (_, fitted) => {
  it("answers with probabilities, in onnxruntime the same within 1e-5, and its curve tells of them", async () => {
    const learner = await fitted();
    const expected = learner.predict(validation.values, validation.rowCount);
    const found = await throughGraph(learner, validation);
    expect(Math.max(...found.map((value, cell) => Math.abs(value - expected[cell])))).toBeLessThan(1e-5);
    const point = learner.curve.find(({ epoch }) => epoch === learner.bestEpoch) ?? learner.curve.at(-1)!;
    expect(point.validationMacroF1).toBeGreaterThan(0.7);
    expect(learner.curve.every((one) => Object.values(one).every(Number.isFinite))).toBe(true);
  });

  it("explains a row: base and contributions add up", async () => {
    const learner = (await fitted()) as FittedTrees;
    const row = validation.values.subarray(0, 15);
    const { base, values } = learner.explain(row);
    const sums = Array.from(base, (value, label) => {
      let sum = value;
      for (let column = 0; column < 15; column++) sum += values[column * 5 + label];
      return sum;
    });
    const probabilities = Array.from(learner.predict(row, 1));
    if (learner.ensemble.base.some((value) => value !== 0)) {
      const logs = probabilities.map(Math.log);
      for (let label = 1; label < 5; label++) {
        expect(sums[label] - sums[0]).toBeCloseTo(logs[label] - logs[0], 4);
      }
    } else {
      for (const [label, sum] of sums.entries()) expect(sum).toBeCloseTo(probabilities[label], 5);
    }
  });
});
