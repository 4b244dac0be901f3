import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { TrainingSettings, type TrainingSettingsInput } from "../../../packages/contract/src/training-settings.ts";
import type { DiagnosisModel } from "../../../packages/ml/src/diagnose/diagnosis-model.ts";
import { openModel } from "../../../packages/ml/src/diagnose/model.ts";
import { trainModel } from "../../../packages/ml/src/pipeline/train-model.ts";
import { TrainingError } from "../../../packages/ml/src/pipeline/training-error.ts";
import { readTable } from "../../../packages/ml/src/table/read-table.ts";
import type { Table } from "../../../packages/ml/src/table/table.ts";
import { type SyntheticOptions, syntheticTable } from "../fixtures/synthetic-table.ts";

/** Rows around one centre per class, with some cells replaced. */
function table(options: SyntheticOptions, replace: (value: number, row: number, column: number) => number): Table {
  const made = syntheticTable(options);
  const width = made.featureNames.length;
  return { ...made, values: made.values.map((value, cell) => replace(value, Math.floor(cell / width), cell % width)) };
}

const same = (value: number) => value;
const usual = { rowsPerClass: [40, 40], columns: 4 };
/** A signature of 7 columns that keeps the rows apart. */
const bit = (row: number, column: number) => (row >> column) & 1;

const tables: [string, Table, "trains" | Record<string, string | number>][] = [
  ["one class", table({ rowsPerClass: [40], columns: 3 }, same), { reason: "one-class-only", classes: 1 }],
  ["two rows per class", table({ rowsPerClass: [2, 2, 2], columns: 4 }, same), "trains"],
  ["5,000 columns", table({ rowsPerClass: [10, 10], columns: 5_000 }, same), "trains"],
  ["one column", table({ rowsPerClass: [40, 40], columns: 1 }, same), "trains"],
  ["nothing but gaps", table(usual, () => Number.NaN), { reason: "too-few-rows", rows: 2 }],
  ["one number everywhere", table(usual, () => 3), { reason: "too-few-rows", rows: 2 }],
  [
    "one number per column, and gaps that only tell rows apart",
    table({ rowsPerClass: [40, 40], columns: 7 }, (_, row, column) => (bit(row, column) ? Number.NaN : 3)),
    "trains",
  ],
  ["a column of infinities", table(usual, (v, row, column) => (column ? v : row % 2 ? 1 / 0 : -1 / 0)), "trains"],
  ["nothing but infinities", table(usual, (v) => (v > 0 ? 1 / 0 : -1 / 0)), "trains"],
  ["numbers of 1e300", table(usual, (v, row, column) => (column === 1 && row % 3 === 0 ? 1e300 : v)), "trains"],
  ["200 classes", table({ rowsPerClass: new Array(200).fill(4), columns: 5 }, same), "trains"],
  ["1 row to 10,000", table({ rowsPerClass: [10_000, 2], columns: 3 }, same), "trains"],
];

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

/** Cells that a row to be diagnosed may be made of, as they arrive in the float32 that the graph takes. */
const strangeNumbers = [Number.NaN, 1 / 0, -1 / 0, 3.4e38, -3.4e38, 1e-45, 0];

function strangeRows(columns: number): Float32Array {
  return Float32Array.from(strangeNumbers.flatMap((number) => new Array<number>(columns).fill(number)));
}

async function expectProbabilities(model: DiagnosisModel, values: Float32Array, rows: number): Promise<void> {
  const probabilities = await model.predict(values, rows);
  expect(probabilities.every((value) => value >= 0 && value <= 1)).toBe(true);
  const total = probabilities.reduce((sum, value) => sum + value, 0);
  expect(total).toBeCloseTo(rows, 2);
}

describe.each(orders)("with %s", (_, order) => {
  it.each(tables)("%s trains sensibly or is refused with the reason", { timeout }, async (name, data, expected) => {
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
