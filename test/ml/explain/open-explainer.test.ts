import { Explanation } from "@systemhealer/contract/explanation";
import { TrainingSettings } from "@systemhealer/contract/training-settings";
import { expect, test } from "vitest";
import type { DiagnosisModel } from "../../../packages/ml/src/diagnose/diagnosis-model.ts";
import { openModel } from "../../../packages/ml/src/diagnose/model.ts";
import { type ExplainOptions, openExplainer } from "../../../packages/ml/src/explain/open-explainer.ts";
import { trainModel } from "../../../packages/ml/src/pipeline/train-model.ts";
import { syntheticTable } from "../fixtures/synthetic-table.ts";

const table = syntheticTable({ rowsPerClass: [120, 120, 120], columns: 8, distance: 1.5 });
const quick = {
  gbdt: { learner: "gbdt", rounds: 20 },
  "extra-trees": { learner: "extra-trees", trees: 20 },
  linear: { learner: "linear" },
  mlp: { learner: "mlp", epochs: 10 },
} as const;

async function explained(
  name: keyof typeof quick,
  { added = new Uint8Array(0), ...options }: ExplainOptions & { readonly added?: Uint8Array } = {},
) {
  const settings = TrainingSettings.parse({ learner: quick[name] });
  const trained = await trainModel(table, settings, { trainingFileSha256: "0".repeat(64) });
  const onnx = Buffer.concat([trained.onnx, added]);
  const model = await openModel(onnx);
  const rows = 6;
  const values = table.values.slice(0, rows * 8);
  values[3] = Number.NaN;
  values[8] = 1e6;
  const probabilities = await model.predict(values, rows);
  const explanations = await openExplainer(onnx, model).explain(values, probabilities, rows, {
    pairs: 4,
    ...options,
  });
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
  const { explanations } = await explained("gbdt", { added: Buffer.of(0xcb, 0x01, 0xcc, 0x01) });
  expect(explanations[0].method).toBe("sampled-shapley");
});

test("trees that are too many for their exact contributions are sampled", async () => {
  const { explanations } = await explained("gbdt", { mostNodes: 10, kpis: 2 });
  expect(explanations.map(({ method }) => method)).toEqual(new Array(6).fill("sampled-shapley"));
  for (const { kpis } of explanations) expect(kpis.length).toBeLessThanOrEqual(2);
});

/** What is known of a KPI that was never seen. */
const nothing = { cuts: new Float32Array(0), counts: new Int32Array(2) };

/** A model whose score of the first class is the mean of the last row of the window. */
function countingModel(columns: number, steps = 1): DiagnosisModel {
  const features = Array.from({ length: columns }, (_, column) => ({ name: `kpi${column}`, used: true }));
  const ranges = features.map(() => ({ low: -1, median: 0, high: 0.5 }));
  return {
    card: { features, classes: ["many", "few"], ...(steps > 1 && { window: { rows: steps } }) },
    reference: {
      kpis: { classCount: 2, columns: features.map(() => nothing), classRows: Int32Array.of(1, 1) },
      normalRanges: { source: null, ranges },
      conformal: { coverage: 0.9, rows: 0, leastProbability: [0, 0] },
      noveltyLimit: null,
    },
    predict: async (values, rowCount) => {
      const width = steps * columns;
      return Float32Array.from({ length: 2 * rowCount }, (_, cell) => {
        const end = (Math.floor(cell / 2) + 1) * width;
        const sum = values.subarray(end - columns, end).reduce((total, value) => total + value, 0) / columns;
        const odds = Math.exp(2 * sum);
        return cell % 2 === 0 ? odds / (1 + odds) : 1 / (1 + odds);
      });
    },
    close: async () => {},
  };
}

test("a window's KPI is told by its value in the last row, with what it adds in all rows", async () => {
  const model = countingModel(3, 2);
  const window = Float32Array.of(9, 9, 9, 0, 1, 0);
  const [{ kpis, method }] = await openExplainer(new Uint8Array(0), model).explain(
    window,
    await model.predict(window, 1),
    1,
    { pairs: 2 },
  );
  expect(method).toBe("sampled-shapley");
  expect(kpis[0]).toMatchObject({ name: "kpi1", value: 1, direction: "above" });
  expect(kpis[0].contribution).toBeCloseTo(1 / 3, 4);
});

test("of very many KPIs those that are asked together share what they add", async () => {
  const columns = 300;
  const model = countingModel(columns);
  const row = new Float32Array(columns).fill(1);
  const [{ kpis, baseline, score }] = await openExplainer(new Uint8Array(0), model).explain(
    row,
    await model.predict(row, 1),
    1,
    { pairs: 2 },
  );
  expect([baseline, score]).toEqual([expect.closeTo(0, 5), expect.closeTo(1, 5)]);
  for (const { contribution } of kpis) expect(contribution).toBeCloseTo(1 / columns, 5);
  const reversed = Float32Array.from(row, (_, column) => (column < 200 ? 0 : 1));
  const [{ kpis: last }] = await openExplainer(new Uint8Array(0), model).explain(
    reversed,
    await model.predict(reversed, 1),
    1,
    { pairs: 2 },
  );
  // From the 193rd on they are in groups.
  for (const { contribution } of last) expect(contribution).toBeCloseTo(1 / columns, 5);
});
