import { expect, it, vi } from "vitest";
import { TrainingSettings } from "../../../packages/contract/src/training-settings.ts";
import { ModelFileError } from "../../../packages/ml/src/diagnose/model-file-error.ts";
import { openPredictor } from "../../../packages/ml/src/diagnose/predictor.ts";
import { onnxRuntime } from "../../../packages/ml/src/onnx/runtime.ts";
import { trainModel } from "../../../packages/ml/src/pipeline/train-model.ts";
import { syntheticTable } from "../fixtures/synthetic-table.ts";

it("a model that is refused leaves no session open", async () => {
  const table = syntheticTable({ rowsPerClass: [30, 30, 30], columns: 4, gapShare: 0, distance: 1 });
  const settings = TrainingSettings.parse({ learner: { learner: "mlp", epochs: 1 }, map: "none" });
  const { onnx } = await trainModel(table, settings, { trainingFileSha256: "0".repeat(64) });
  const { InferenceSession } = onnxRuntime();
  const opened = vi.spyOn(InferenceSession, "create");
  await expect(openPredictor(onnx, 4, 5)).rejects.toThrow(ModelFileError);
  const sessions = await Promise.all(opened.mock.results.map(({ value }) => value));
  expect(sessions.length).toBeGreaterThanOrEqual(2);
  for (const session of sessions) await expect(session.release()).rejects.toThrow();
  opened.mockRestore();
});

it("what answers without novelty is opened anew where that failed once", async () => {
  const table = syntheticTable({ rowsPerClass: [30, 30, 30], columns: 4, gapShare: 0, distance: 1 });
  const settings = TrainingSettings.parse({ learner: { learner: "linear" }, map: "none" });
  const { onnx } = await trainModel(table, settings, { trainingFileSha256: "0".repeat(64) });
  const predictor = await openPredictor(onnx, 4, 3);
  expect(predictor.tellsNovelty).toBe(true);
  const create = vi.spyOn(onnxRuntime().InferenceSession, "create").mockRejectedValueOnce(new Error("no memory"));
  await expect(predictor.predict(table.values, 1)).rejects.toThrow("no memory");
  create.mockRestore();
  expect(await predictor.predict(table.values, 1)).toEqual(
    await predictor.predict(table.values, 1, new Float32Array(1)),
  );
  await predictor.close();
});

it.each([["gbdt"], ["mlp"], ["extra-trees"], ["linear"]] as const)(
  "a row is answered bit by bit alike by %s, alone, among others and wherever a file is cut",
  async (learner) => {
    const columns = 7;
    const table = syntheticTable({ rowsPerClass: [60, 60, 61], columns, gapShare: 0.1, distance: 1 });
    const settings = TrainingSettings.parse({ learner: { learner }, prior: "uniform", map: "none" });
    const { onnx } = await trainModel(table, settings, { trainingFileSha256: "0".repeat(64) });
    const predictor = await openPredictor(onnx, columns, 3);
    const rows = table.values.length / columns;
    // Each third row differs from the one before in a single column.
    for (let row = 1; row < rows; row += 3) {
      const kept = table.values[row * columns + (row % columns)];
      table.values.copyWithin(row * columns, (row - 1) * columns, row * columns);
      table.values[row * columns + (row % columns)] = kept;
    }
    const whole = new Float32Array(rows);
    const probabilities = await predictor.predict(table.values, rows, whole);
    for (const cut of [1, 2, 3, 7, 50]) {
      for (let first = 0; first < rows; first += cut) {
        const count = Math.min(cut, rows - first);
        const novelty = new Float32Array(count);
        const part = await predictor.predict(table.values.subarray(first * columns), count, novelty);
        expect(novelty).toEqual(whole.subarray(first, first + count));
        expect(part).toEqual(probabilities.subarray(first * 3, (first + count) * 3));
      }
    }
    await predictor.close();
  },
);
