import { describe, expect, it } from "vitest";
import { TrainingSettings, type TrainingSettingsInput } from "../../../packages/contract/src/training-settings.ts";
import { openModel } from "../../../packages/ml/src/diagnose/model.ts";
import { trainModel } from "../../../packages/ml/src/pipeline/train-model.ts";
import { badTables, expectProbabilities, strangeNumbers, strangeRows } from "../fixtures/bad-tables.ts";

const steps = 2;
const plain = { map: "none" as const, selection: "fisher" as const, keepFeatures: 64 };
const orders: [string, TrainingSettingsInput][] = [
  ["convolutions", { ...plain, learner: { learner: "cnn", window: steps, channels: [4], epochs: 2 } }],
  ["recurrent units", { ...plain, learner: { learner: "gru", window: steps, units: 4, epochs: 2 } }],
];
/** Few rows are too few blocks of time; rows that are alike stay, as they are different times. */
const refused: Readonly<Record<string, Record<string, string | number>>> = {
  "one class": { reason: "one-class-only", classes: 1 },
  "two rows per class": { reason: "too-few-windows", rows: 6, window: steps },
  "5,000 columns": { reason: "too-few-windows", rows: 20, window: steps },
  "nothing but gaps": { reason: "no-informative-features", features: 4 },
  "one number everywhere": { reason: "no-informative-features", features: 4 },
};

describe.each(orders)("with %s over windows", (_, order) => {
  it.each(badTables)("%s trains sensibly or is refused with the reason", { timeout: 120_000 }, async (name, data) => {
    const training = trainModel(data, TrainingSettings.parse(order), { trainingFileSha256: "0".repeat(64) });
    const parameters = refused[name];
    if (parameters) {
      await expect(training).rejects.toMatchObject({ code: "data-unusable", parameters });
      return;
    }
    const { onnx, report } = await training;
    for (const loss of report.curve.flatMap((point) => [point.trainLoss, point.validationLoss])) {
      expect(Number.isFinite(loss)).toBe(true);
    }
    const model = await openModel(onnx);
    const width = steps * data.featureNames.length;
    try {
      const windows = Math.min(Math.floor(data.rowCount / steps), 50);
      await expectProbabilities(model, data.values.subarray(0, windows * width), windows);
      await expectProbabilities(model, strangeRows(width), strangeNumbers.length);
    } finally {
      await model.close();
    }
  });
});
