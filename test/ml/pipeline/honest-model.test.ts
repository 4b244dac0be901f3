import { Report } from "@systemhealer/contract/model-card";
import { TrainingSettings } from "@systemhealer/contract/training-settings";
import { expect, test } from "vitest";
import { noveltyOutput } from "../../../packages/ml/src/diagnose/graph-names.ts";
import { openModel } from "../../../packages/ml/src/diagnose/model.ts";
import { expectedCalibrationError } from "../../../packages/ml/src/honesty/expected-calibration-error.ts";
import { onnxRuntime, openSession } from "../../../packages/ml/src/onnx/runtime.ts";
import { trainModel } from "../../../packages/ml/src/pipeline/train-model.ts";
import { syntheticTable } from "../fixtures/synthetic-table.ts";

const origin = { rowsPerClass: [300, 200, 300], columns: 12, distance: 0.7 };

test("a trained model knows its bounds, and tells them in its file and report", async () => {
  const table = syntheticTable(origin);
  const settings = TrainingSettings.parse({ learner: { learner: "mlp", epochs: 30 } });
  const { onnx, report, card } = await trainModel(table, settings, { trainingFileSha256: "0".repeat(64) });
  const { calibration, predictionSets, noveltyByClassOut } = Report.parse(report).honesty!;
  expect(card.ece).toBe(calibration.error);
  expect(calibration.error).toBeLessThan(0.12);
  expect(predictionSets.covered).toBeGreaterThan(0.8);
  expect(noveltyByClassOut).toHaveLength(3);

  const model = await openModel(onnx);
  expect(model.reference?.kpis.columns).toHaveLength(12);
  expect(model.reference?.conformal.rows).toBe(report.test.rows);
  const { labels = new Int32Array(0) } = table;
  const probabilities = await model.predict(table.values, table.rowCount);
  await model.close();
  expect(expectedCalibrationError(probabilities, labels, 3)).toBeLessThan(0.12);
});

test("its graph tells a novelty, which is high for rows from elsewhere", async () => {
  const table = syntheticTable(origin);
  const settings = TrainingSettings.parse({ learner: { learner: "mlp", epochs: 3 } });
  const { onnx } = await trainModel(table, settings, { trainingFileSha256: "0".repeat(64) });
  const session = await openSession(onnx, 1);
  const { Tensor } = onnxRuntime();
  const novelty = async (values: Float32Array) => {
    const features = new Tensor("float32", values, [values.length / 12, 12]);
    const outputs = await session.run({ features }, [noveltyOutput]);
    const scores = Float32Array.from(outputs[noveltyOutput].data as Float32Array).sort();
    return scores[scores.length >> 1];
  };
  const known = await novelty(table.values);
  const strange = await novelty(table.values.map((value, cell) => (cell % 2 === 0 ? 4 : -4) - value));
  await session.release();
  expect(strange).toBeGreaterThan(known + 1);
});
