import { beforeAll, describe, expect, it } from "vitest";
import { ModelCard, Report } from "../../../packages/contract/src/model-card.ts";
import {
  TrainingSettings as ContractSettings,
  type TrainingSettingsInput,
} from "../../../packages/contract/src/training-settings.ts";
import { openModel } from "../../../packages/ml/src/diagnose/model.ts";
import { learnerNames } from "../../../packages/ml/src/learners/registry.ts";
import type { ModelCard as MlCard } from "../../../packages/ml/src/pipeline/model-card.ts";
import { type TrainedModel, type TrainingProgress, trainModel } from "../../../packages/ml/src/pipeline/train-model.ts";
import { TrainingError } from "../../../packages/ml/src/pipeline/training-error.ts";
import type { TrainingSettings } from "../../../packages/ml/src/pipeline/training-settings.ts";
import type { Table } from "../../../packages/ml/src/table/table.ts";
import { syntheticTable } from "../fixtures/synthetic-table.ts";

const trainingFileSha256 = "0".repeat(64);
const small = {
  learner: "mlp" as const,
  hiddenUnits: [24],
  members: 2,
  bins: 8,
  epochs: 12,
  batchSize: 32,
  learningRate: 0.01,
};
const now = () => new Date("2026-01-02T03:04:05.678Z");

function settings(changes: TrainingSettingsInput = {}): TrainingSettings {
  return ContractSettings.parse({ learner: small, ...changes });
}

function train(table: Table, changes: TrainingSettingsInput = {}): Promise<TrainedModel> {
  return trainModel(table, settings(changes), { trainingFileSha256, now });
}

/** Magnitudes from 1e-6 to 1e17, as KPIs have them. */
const kpis = syntheticTable({
  rowsPerClass: [300, 80, 40],
  columns: 12,
  gapShare: 0.08,
  magnitude: (column) => 10 ** (2 * column - 6),
});

describe("a trained model", () => {
  let trained: TrainedModel;
  const seen: TrainingProgress[] = [];

  beforeAll(async () => {
    const onProgress = (progress: TrainingProgress) => {
      seen.push(progress);
    };
    trained = await trainModel(kpis, settings(), { trainingFileSha256, now, onProgress });
  });

  it("is good on rows it never saw", () => {
    expect(trained.report.test.macroF1).toBeGreaterThan(0.95);
    expect(trained.report.split).toEqual({ training: 294, validation: 63, test: 63 });
  });

  it("has a card and a report as the contract describes them", () => {
    expect(ModelCard.parse(trained.card)).toEqual(trained.card);
    expect(Report.parse(trained.report)).toEqual(trained.report);
    const card: MlCard = ModelCard.parse(trained.card);
    expect([card.trainedAt, trained.report.classes]).toEqual(["2026-01-02T03:04:05.678Z", kpis.classes]);
  });

  it("offers the learners that the contract knows", () => {
    for (const learner of learnerNames)
      expect(ContractSettings.parse({ learner: { learner } }).learner.learner).toBe(learner);
  });

  it("carries its card in its file and answers like its report", async () => {
    const model = await openModel(trained.onnx);
    try {
      expect(model.card).toEqual(trained.card);
      const probabilities = await model.predict(kpis.values, kpis.rowCount);
      expect(probabilities).toHaveLength(3 * kpis.rowCount);
    } finally {
      await model.close();
    }
    expect(trained.report.check.rows).toBe(1_000);
    expect(trained.report.check.maxDifference).toBeLessThanOrEqual(1e-5);
  });

  it("gives probabilities for any row, all-gap and infinite ones too", async () => {
    const extremes = [
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      1e300,
      -1e300,
      3.4e38,
      0,
      -0,
      1e-45,
    ];
    const width = kpis.featureNames.length;
    const rows = extremes.flatMap((value) => new Array<number>(width).fill(value));
    rows.push(...Array.from({ length: width }, (_, column) => extremes[column % extremes.length]));
    const model = await openModel(trained.onnx);
    const probabilities = await model.predict(Float32Array.from(rows), extremes.length + 1);
    await model.close();
    for (let row = 0; row <= extremes.length; row++) {
      const [a, b, c] = probabilities.subarray(3 * row, 3 * row + 3);
      expect(a + b + c).toBeCloseTo(1, 5);
      expect(Math.min(a, b, c)).toBeGreaterThanOrEqual(0);
    }
  });

  it("told its stages in order, with a fraction that never falls", () => {
    const stages = seen.map(({ stage }) => stage).filter((stage, index, all) => stage !== all[index - 1]);
    expect(stages).toEqual(["preparing", "fitting", "evaluating", "checking"]);
    const fractions = seen.map(({ fraction }) => fraction);
    expect(fractions).toEqual(fractions.toSorted((one, two) => one - two));
    expect(seen.filter(({ fit }) => fit).map(({ fit }) => fit!.epoch)).toEqual(
      trained.report.curve.map(({ epoch }) => epoch),
    );
  });

  it("is the same to the byte for the same seed and another for another", async () => {
    expect((await train(kpis)).onnx).toEqual(trained.onnx);
    expect((await train(kpis, { seed: 1 })).onnx).not.toEqual(trained.onnx);
  });
});

describe("training", () => {
  const choices: TrainingSettingsInput[] = [
    { scaler: "robust-signed-log", imputer: "median", missingIndicators: false, classWeights: "balanced" },
    { scaler: "robust", imputer: "mean", classWeights: "square-root", outlierLimit: 3 },
    { scaler: "standard", imputer: "mode", classWeights: "none", selection: "fisher", keepFeatures: 5 },
    { scaler: "quantile-normal", imputer: "k-nearest", selection: "none" },
    { scaler: "quantile-uniform", imputer: "iterative", selection: "stability" },
    { oversampling: "smote", prior: "uniform", selection: "mutual-information" },
    { oversampling: "borderline-smote", selection: "importance", keepFeatures: 6 },
  ];
  it.each(choices)("works with %j", async (changes) => {
    const { report } = await train(kpis, { learner: { ...small, epochs: 2 }, ...changes });
    expect(report.check.maxDifference).toBeLessThanOrEqual(1e-5);
    const { selection, scaler, featureScores } = report.preparation;
    if (changes.selection) expect(selection).toBe(changes.selection);
    if (changes.scaler) expect(scaler).toBe(changes.scaler);
    expect(featureScores).toHaveLength(selection === "none" ? 0 : 12);
    if (changes.keepFeatures) expect(featureScores.filter(({ kept }) => kept)).toHaveLength(changes.keepFeatures);
    expect(report.preparation.syntheticRows > 0).toBe(changes.oversampling !== undefined);
  });

  const learners: TrainingSettingsInput["learner"][] = [
    { learner: "origin-mlp", epochs: 2 },
    { learner: "linear" },
    { learner: "majority" },
  ];
  it.each(learners)("works with %j", async (learner) => {
    const { report, card } = await train(kpis, { learner: learner! });
    expect(report.check.maxDifference).toBeLessThanOrEqual(1e-5);
    expect(card.learner).toBe(learner!.learner);
    expect(report.preparation.scaler).toBe(learner!.learner === "origin-mlp" ? "standard" : "robust-signed-log");
  });

  it("compares itself with simple learners on the same test part", async () => {
    const { report } = await train(kpis);
    const [majority, linear] = report.baselines;
    expect([majority.learner, linear.learner]).toEqual(["majority", "linear"]);
    expect(majority.accuracy).toBeCloseTo(45 / 63, 5);
    expect(linear.macroF1).toBeGreaterThan(0.9);
    const alone = await train(kpis, { learner: { learner: "linear", iterations: 100 } });
    expect(alone.report.test.macroF1).toBeCloseTo(linear.macroF1, 10);
  });

  it("does not let the test part into selection or oversampling", async () => {
    const { report } = await train(kpis, { oversampling: "smote" });
    const { training, validation, test } = report.split;
    expect([training, validation, test]).toEqual([294, 63, 63]);
    expect(report.test.rows).toBe(63);
    expect(report.preparation.syntheticRows).toBe(3 * 210 - 294);
  });

  it("drops duplicates before it parts the rows, and counts them", async () => {
    const table = syntheticTable({ rowsPerClass: [40, 40], columns: 3 });
    const doubled: Table = {
      ...table,
      rowCount: 160,
      values: Float32Array.from([...table.values, ...table.values]),
      labels: Int32Array.from([...table.labels!, ...table.labels!]),
    };
    const { report } = await train(doubled);
    expect(report.preparation.duplicateRowsDropped).toBe(80);
    expect(report.preparation.classes).toEqual([
      { name: "fault 0", rows: 40 },
      { name: "fault 1", rows: 40 },
    ]);
    expect(report.split.training + report.split.validation + report.split.test).toBe(80);
  });

  it("names the columns it could not use and counts what it filled", async () => {
    const table = syntheticTable({ rowsPerClass: [30, 30], columns: 4 });
    for (let row = 0; row < 60; row++) {
      table.values[row * 4 + 1] = 7;
      table.values[row * 4 + 2] = Number.NaN;
      if (row % 3 === 0) table.values[row * 4 + 3] = Number.NaN;
    }
    const { card, report } = await train(table);
    expect(report.preparation.constantFeaturesDropped).toEqual(["kpi1", "kpi2"]);
    expect(report.preparation.cellsImputed).toBe(20);
    expect(card.features.map(({ used }) => used)).toEqual([true, false, false, true]);
    const trees = await train(table, { learner: { learner: "gbdt", rounds: 3 } });
    expect(trees.report.preparation).toMatchObject({ imputer: "none", cellsImputed: 0 });
  });

  const shapes: [string, Table][] = [
    ["two rows per class", syntheticTable({ rowsPerClass: [2, 2, 2], columns: 4 })],
    ["one column", syntheticTable({ rowsPerClass: [30, 30], columns: 1 })],
    ["5,000 columns", syntheticTable({ rowsPerClass: [20, 20], columns: 5_000 })],
    ["200 classes", syntheticTable({ rowsPerClass: new Array(200).fill(4), columns: 6 })],
    ["one row of a fault among 10,000", syntheticTable({ rowsPerClass: [10_000, 2], columns: 3 })],
    ["half the cells missing", syntheticTable({ rowsPerClass: [60, 60], columns: 5, gapShare: 0.5 })],
  ];
  for (const [name, table] of shapes) {
    it(`works with ${name}`, async () => {
      const { report, onnx } = await train(table, { learner: { ...small, epochs: 2, batchSize: 512 } });
      expect(report.check.maxDifference).toBeLessThanOrEqual(1e-5);
      expect(report.test.rows).toBeGreaterThan(0);
      expect(onnx.length).toBeGreaterThan(0);
    });
  }

  it("leaves out a class of one row, and card and report say so", async () => {
    const table = syntheticTable({ rowsPerClass: [30, 1, 30], columns: 3 });
    const { card, report, onnx } = await train(table, { learner: { learner: "linear" } });
    expect(card).toMatchObject({ classes: ["fault 0", "fault 2"], classesLeftOut: ["fault 1"] });
    expect(report.preparation).toMatchObject({
      duplicateRowsDropped: 0,
      classes: [
        { name: "fault 0", rows: 30 },
        { name: "fault 2", rows: 30 },
      ],
      classesLeftOut: [{ name: "fault 1", rows: 1 }],
    });
    expect(ModelCard.parse(card)).toEqual(card);
    expect(Report.parse(report)).toEqual(report);
    const model = await openModel(onnx);
    expect(await model.predict(table.values.slice(0, 3), 1)).toHaveLength(2);
    await model.close();
  });

  const empty: Table = syntheticTable({ rowsPerClass: [40, 40], columns: 3 });
  const unusable: [string, Table, object][] = [
    ["one class", { ...empty, labels: new Int32Array(80) }, { reason: "one-class-only", classes: 1 }],
    ["no labels", { featureNames: ["a"], rowCount: 1, values: Float32Array.of(1) }, { reason: "no-labels" }],
    ["no rows", { ...empty, rowCount: 0, values: new Float32Array(0), labels: new Int32Array(0) }, { classes: 0 }],
    ["nothing but gaps", { ...empty, values: empty.values.map(() => Number.NaN) }, { reason: "too-few-rows", rows: 2 }],
    ["two rows in all", syntheticTable({ rowsPerClass: [1, 1], columns: 2 }), { reason: "too-few-rows", rows: 2 }],
    ["constants", { ...empty, values: empty.values.map(() => 3) }, { reason: "too-few-rows", rows: 2 }],
  ];
  for (const [name, table, parameters] of unusable) {
    it(`refuses ${name}`, async () => {
      const training = train(table);
      await expect(training).rejects.toBeInstanceOf(TrainingError);
      await expect(training).rejects.toMatchObject({ code: "data-unusable", parameters });
    });
  }

  it("refuses rows that differ in nothing but their gaps where those are not to be learned", async () => {
    const table = syntheticTable({ rowsPerClass: [20, 20], columns: 6 });
    const values = table.values.map((_, cell) => ((Math.floor(cell / 6) >> (cell % 6)) & 1 ? Number.NaN : 3));
    const training = train({ ...table, values }, { missingIndicators: false });
    const parameters = { reason: "no-informative-features", features: 6 };
    await expect(training).rejects.toMatchObject({ code: "data-unusable", parameters });
    expect((await train({ ...table, values })).report.preparation.constantFeaturesDropped).toEqual([]);
  });

  it("ends with the signal's reason", async () => {
    const stop = new AbortController();
    const reason = new Error("cancelled");
    const training = trainModel(kpis, settings(), {
      trainingFileSha256,
      signal: stop.signal,
      onProgress: ({ fit }) => {
        if (fit?.epoch === 3) stop.abort(reason);
      },
    });
    await expect(training).rejects.toBe(reason);
  });
});
