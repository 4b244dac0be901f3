import { Explanation } from "@systemhealer/contract/explanation";
import { TrainingSettings } from "@systemhealer/contract/training-settings";
import { expect, test } from "vitest";
import { openModel } from "../../../packages/ml/src/diagnose/model.ts";
import { openExplainer } from "../../../packages/ml/src/explain/open-explainer.ts";
import { trainModel } from "../../../packages/ml/src/pipeline/train-model.ts";
import { syntheticTable } from "../fixtures/synthetic-table.ts";

const table = syntheticTable({ rowsPerClass: [120, 120, 120], columns: 8, distance: 1.5 });
const quick = {
  gbdt: { learner: "gbdt", rounds: 20 },
  "extra-trees": { learner: "extra-trees", trees: 20 },
  linear: { learner: "linear" },
  mlp: { learner: "mlp", epochs: 10 },
} as const;

async function explained(name: keyof typeof quick, added: Uint8Array = new Uint8Array(0)) {
  const settings = TrainingSettings.parse({ learner: quick[name] });
  const trained = await trainModel(table, settings, { trainingFileSha256: "0".repeat(64) });
  const onnx = Buffer.concat([trained.onnx, added]);
  const model = await openModel(onnx);
  const rows = 6;
  const values = table.values.slice(0, rows * 8);
  values[3] = Number.NaN;
  values[8] = 1e6;
  const probabilities = await model.predict(values, rows);
  const explanations = await openExplainer(onnx, model).explain(values, probabilities, rows, { pairs: 4 });
  await model.close();
  return { explanations, probabilities, values, model };
}

test.each(["gbdt", "extra-trees", "linear", "mlp"] as const)("%s: contributions add up to the score", async (name) => {
  const { explanations, probabilities, model, values } = await explained(name);
  for (const [row, explanation] of explanations.entries()) {
    expect(Explanation.parse(explanation)).toEqual(explanation);
    const own = probabilities.subarray(3 * row, 3 * row + 3);
    expect(explanation.class).toBe(model.card.classes[own.indexOf(Math.max(...own))]);
    const total = explanation.kpis.reduce((sum, { contribution }) => sum + contribution, explanation.baseline);
    expect(Math.abs(total - explanation.score)).toBeLessThan(1e-5);
    const sizes = explanation.kpis.map(({ contribution }) => Math.abs(contribution));
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    if (explanation.method === "sampled-shapley") {
      const logs = Array.from(own, (p) => Math.log(Math.max(1e-6, p)));
      const score = Math.max(...logs) - (logs[0] + logs[1] + logs[2]) / 3;
      expect(explanation.score).toBeCloseTo(score, 4);
      expect(explanation.standardError).toBeGreaterThanOrEqual(0);
    }
  }
  const trees = name === "gbdt" || name === "extra-trees";
  expect(explanations[0].method).toBe(trees ? "tree-shap" : "sampled-shapley");
  const gap = explanations[0].kpis.find(({ value }) => value === null);
  if (gap) expect(gap.direction).toBe("gap");
  const high = explanations[1].kpis.find(({ value }) => value === Math.fround(values[8]));
  expect(high).toMatchObject({ direction: "above" });
});

test("a file with what only onnxruntime reads is explained as one without known trees", async () => {
  // Field 25 as an empty group, which protobuf has given up.
  const { explanations } = await explained("gbdt", Buffer.of(0xcb, 0x01, 0xcc, 0x01));
  expect(explanations[0].method).toBe("sampled-shapley");
});
