import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TrainingSettings } from "../../../packages/contract/src/training-settings.ts";
import { type OpenModel, openModel } from "../../../packages/ml/src/diagnose/model.ts";
import { evaluateModel, NoLabelsError } from "../../../packages/ml/src/pipeline/evaluate.ts";
import { trainModel } from "../../../packages/ml/src/pipeline/train-model.ts";
import type { Table } from "../../../packages/ml/src/table/table.ts";
import { syntheticTable } from "../fixtures/synthetic-table.ts";

const table = syntheticTable({ rowsPerClass: [120, 60, 60], columns: 5, gapShare: 0.02 });

/** The same rows with their columns in the given order; −1 leaves room for a column of zeros called "other". */
function reordered(order: readonly number[]): Table {
  const width = table.featureNames.length;
  return {
    ...table,
    featureNames: order.map((column) => (column < 0 ? "other" : table.featureNames[column])),
    values: Float32Array.from({ length: table.rowCount * order.length }, (_, cell) => {
      const column = order[cell % order.length];
      return column < 0 ? 0 : table.values[Math.floor(cell / order.length) * width + column];
    }),
  };
}

describe("evaluating a model", () => {
  let model: OpenModel;

  beforeAll(async () => {
    const settings = TrainingSettings.parse({
      learner: { learner: "mlp", hiddenUnits: [16], epochs: 15, batchSize: 32, learningRate: 0.01 },
    });
    model = await openModel((await trainModel(table, settings, { trainingFileSha256: "0".repeat(64) })).onnx);
  });

  afterAll(() => model.close());

  it("scores rows with the model's own columns", async () => {
    const evaluation = await evaluateModel(model, table);
    expect(evaluation.rows).toBe(240);
    expect(evaluation.macroF1).toBeGreaterThan(0.95);
    expect(evaluation.logLoss).toBeLessThan(0.5);
    expect(evaluation.columns).toEqual({ missing: [], unknown: [] });
  });

  it("finds columns by name, whatever their order, and passes over those it does not know", async () => {
    const shuffled = await evaluateModel(model, reordered([3, -1, 0, 4, 2, 1]));
    const plain = await evaluateModel(model, table);
    expect(shuffled.columns).toEqual({ missing: [], unknown: ["other"] });
    expect(shuffled.confusion).toEqual(plain.confusion);
  });

  it("reads a missing column as gaps", async () => {
    const { columns, rows } = await evaluateModel(model, reordered([4, 2, 1, 0]));
    expect(columns).toEqual({ missing: ["kpi3"], unknown: [] });
    expect(rows).toBe(240);
  });

  it("counts rows of a class that it does not know as wrong", async () => {
    const labels = table.labels!.map((label) => (label === 2 ? 0 : label + 1));
    const evaluation = await evaluateModel(model, { ...table, labels, classes: ["new fault", "fault 0", "fault 1"] });
    expect(evaluation.classes).toEqual(["fault 0", "fault 1", "fault 2", "new fault"]);
    expect(evaluation.perClass[3]).toEqual({ name: "new fault", precision: 0, recall: 0, f1: 0, support: 60 });
    expect(evaluation.accuracy).toBeLessThanOrEqual(0.75);
  });

  it("passes over rows without label, and refuses a table without any", async () => {
    const labels = table.labels!.map((label, row) => (row % 2 === 0 ? label : -1));
    expect((await evaluateModel(model, { ...table, labels })).rows).toBe(120);
    const { featureNames, rowCount, values } = table;
    await expect(evaluateModel(model, { featureNames, rowCount, values })).rejects.toBeInstanceOf(NoLabelsError);
    const unlabelled = { ...table, labels: labels.fill(-1) };
    await expect(evaluateModel(model, unlabelled)).rejects.toBeInstanceOf(NoLabelsError);
  });
});
