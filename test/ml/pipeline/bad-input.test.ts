import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { TrainingSettings, type TrainingSettingsInput } from "../../../packages/contract/src/training-settings.ts";
import { openModel } from "../../../packages/ml/src/diagnose/model.ts";
import { trainModel } from "../../../packages/ml/src/pipeline/train-model.ts";
import { TrainingError } from "../../../packages/ml/src/pipeline/training-error.ts";
import { readTable } from "../../../packages/ml/src/table/read-table.ts";
import { badTables, expectProbabilities, strangeNumbers, strangeRows } from "../fixtures/bad-tables.ts";
import { syntheticTable } from "../fixtures/synthetic-table.ts";

const small = { learner: "mlp" as const, hiddenUnits: [8], members: 2, bins: 4, epochs: 2, batchSize: 1_024 };
/** What is left of them without duplicates is too little for folds that each learn from a part. */
const refusedByAuto = ["nothing but infinities"];
/** Whatever the learner, it has some seconds, on a machine that is busy too. */
const timeout = 120_000;
const plain = { map: "none" as const, keepFeatures: 64 };
const forest = { trees: 5, maxDepth: 20 };
const orders: [string, TrainingSettingsInput][] = [
  ["auto", { ...plain, learner: { learner: "auto", budgetSeconds: 0.5, folds: 2 } }],
  ["boosted trees", { ...plain, learner: { learner: "gbdt", rounds: 4, leaves: 4 } }],
  ["extra trees", { ...plain, learner: { learner: "extra-trees", ...forest } }],
  ["a random forest", { ...plain, learner: { learner: "random-forest", ...forest } }],
  ["the majority", { ...plain, learner: { learner: "majority" } }],
  ["a network", { learner: small, keepFeatures: 64 }],
  [
    "the network of old",
    {
      ...plain,
      selection: "fisher",
      learner: { learner: "origin-mlp", hiddenUnits: [8], epochs: 2, batchSize: 1_024 },
    },
  ],
  ["logistic regression", { learner: { learner: "linear", iterations: 10 }, keepFeatures: 64 }],
  [
    "k-nearest imputation, quantile scaling and SMOTE",
    {
      learner: small,
      imputer: "k-nearest",
      scaler: "quantile-normal",
      selection: "fisher",
      keepFeatures: 32,
      oversampling: "smote",
      prior: "uniform",
    },
  ],
];

describe.each(orders)("with %s", (_, order) => {
  it.each(badTables)("%s trains sensibly or is refused with the reason", { timeout }, async (name, data, expected) => {
    const training = trainModel(data, TrainingSettings.parse(order), { trainingFileSha256: "0".repeat(64) });
    if (refusedByAuto.includes(name) && "learner" in order && order.learner?.learner === "auto") {
      await expect(training).rejects.toMatchObject({ code: "data-unusable" });
      return;
    }
    if (expected !== "trains") {
      await expect(training).rejects.toBeInstanceOf(TrainingError);
      await expect(training).rejects.toMatchObject({ code: "data-unusable", parameters: expected });
      return;
    }
    const { onnx, report } = await training;
    for (const loss of report.curve.flatMap((point) => [point.trainLoss, point.validationLoss])) {
      expect(Number.isFinite(loss)).toBe(true);
    }
    const model = await openModel(onnx);
    try {
      const rows = Math.min(data.rowCount, 100);
      await expectProbabilities(model, data.values, rows);
      await expectProbabilities(model, strangeRows(data.featureNames.length), strangeNumbers.length);
    } finally {
      await model.close();
    }
  });
});

it("iterative imputation of too many columns is refused with the reason", async () => {
  const wide = syntheticTable({ rowsPerClass: [10, 10], columns: 300, gapShare: 0.1 });
  const settings = TrainingSettings.parse({ learner: small, imputer: "iterative", selection: "none" });
  const parameters = { reason: "too-many-columns", imputer: "iterative", most: 256 };
  const training = trainModel(wide, settings, { trainingFileSha256: "0".repeat(64) });
  await expect(training).rejects.toMatchObject({ code: "data-unusable", parameters });
});

it("many rows and little time: what is compared is planned to fit", { timeout }, async () => {
  const many = syntheticTable({ rowsPerClass: [30_000, 30_000, 40_000], columns: 4 });
  const settings = TrainingSettings.parse({ ...plain, learner: { learner: "auto", budgetSeconds: 2 } });
  const { report } = await trainModel(many, settings, { trainingFileSha256: "0".repeat(64), threads: 2 });
  expect(report.leaderboard!.rows).toBeLessThan(85_000);
  expect(report.test.macroF1).toBeGreaterThan(0.9);
});

it.each(["1e5x", "0x1F", "1 000", "１２", "--1", "1.2.3", "ten"])(
  "%j looks like a number and is none: the file is refused, with row and column",
  async (cell) => {
    const lines = ["cpu,disk,label", ...Array.from({ length: 20 }, (_, row) => `${row},${row % 3},${row % 2}`)];
    lines[7] = `5,${cell},1`;
    const reading = readTable(Readable.from([Buffer.from(`${lines.join("\n")}\n`)]), { labels: "required" });
    await expect(reading).rejects.toMatchObject({ finding: { code: "not-a-number", row: 7, column: "disk" } });
  },
);
