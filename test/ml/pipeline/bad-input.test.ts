import { describe, expect, it } from "vitest";
import { TrainingSettings, type TrainingSettingsInput } from "../../../packages/contract/src/training-settings.ts";
import { openModel } from "../../../packages/ml/src/diagnose/model.ts";
import { trainModel } from "../../../packages/ml/src/pipeline/train-model.ts";
import { TrainingError } from "../../../packages/ml/src/pipeline/training-error.ts";
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
const orders: [string, TrainingSettingsInput][] = [
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

describe.each(orders)("with %s", (_, order) => {
  it.each(tables)("%s trains sensibly or is refused with the reason", async (_name, data, expected) => {
    const training = trainModel(data, TrainingSettings.parse(order), { trainingFileSha256: "0".repeat(64) });
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
      const probabilities = await model.predict(data.values, rows);
      expect(probabilities.every((value) => value >= 0 && value <= 1)).toBe(true);
      const total = probabilities.reduce((sum, value) => sum + value, 0);
      expect(total).toBeCloseTo(rows, 2);
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
