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
