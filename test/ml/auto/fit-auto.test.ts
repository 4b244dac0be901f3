import { beforeAll, describe, expect, it } from "vitest";
import { Report } from "../../../packages/contract/src/model-card.ts";
import { TrainingSettings, type TrainingSettingsInput } from "../../../packages/contract/src/training-settings.ts";
import { fitAuto } from "../../../packages/ml/src/auto/fit-auto.ts";
import { openModel } from "../../../packages/ml/src/diagnose/model.ts";
import { mostProbable } from "../../../packages/ml/src/metrics/most-probable.ts";
import { type TrainedModel, type TrainingProgress, trainModel } from "../../../packages/ml/src/pipeline/train-model.ts";
import type { Table } from "../../../packages/ml/src/table/table.ts";
import { syntheticTable } from "../fixtures/synthetic-table.ts";

const now = () => new Date("2026-01-02T03:04:05.678Z");

function train(
  table: Table,
  changes: TrainingSettingsInput,
  onProgress: (progress: TrainingProgress) => void = () => {},
): Promise<TrainedModel> {
  const options = { trainingFileSha256: "0".repeat(64), now, onProgress };
  return trainModel(table, TrainingSettings.parse({ map: "pca", ...changes }), options);
}

const kpis = syntheticTable({ rowsPerClass: [60, 40, 30], columns: 5, gapShare: 0.08, distance: 0.8 });
const whole = { learner: "auto", budgetSeconds: 0, folds: 3 } as const;

describe("auto", () => {
  let trained: TrainedModel;
  const seen: TrainingProgress[] = [];
  beforeAll(async () => {
    trained = await train(kpis, { learner: whole }, (progress) => {
      seen.push(progress);
    });
  }, 120_000);

  it("compares learners on the same folds and tells of each", () => {
    const board = trained.report.leaderboard!;
    expect(Report.parse(trained.report).leaderboard).toEqual(board);
    expect(board).toMatchObject({ folds: 3, budgetSeconds: 0, rows: 110 });
    const learners = new Set(board.entries.map(({ learner }) => learner));
    expect(learners).toEqual(new Set(["majority", "linear", "gbdt", "extra-trees", "mlp", "random-forest"]));
    expect(board.entries.find(({ learner }) => learner === "random-forest")).toMatchObject({
      selection: "none",
      classWeights: "square-root",
    });
    const scored = board.entries.filter(({ status }) => status === "scored");
    for (const { folds, macroF1 } of scored) {
      expect(folds).toBe(3);
      expect(macroF1).toBeGreaterThan(0);
    }
    const scores = scored.map(({ macroF1 }) => macroF1!);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  });

  it("blends by weights that sum up to 1, and majority has none", () => {
    const { entries, macroF1 } = trained.report.leaderboard!;
    expect(entries.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 10);
    const majority = entries.find(({ learner }) => learner === "majority")!;
    expect(majority.weight).toBe(0);
    expect(macroF1).toBeGreaterThan(majority.macroF1! + 0.3);
    expect(trained.report.validation.macroF1).toBe(macroF1);
    expect(trained.report.validation.rows).toBe(110);
  });

  it("is one graph that answers as the trainer does, calibrated", async () => {
    const { check, test, honesty } = trained.report;
    expect(check.rows).toBe(1_000);
    expect(check.maxDifference).toBeLessThanOrEqual(1e-5);
    // Its members are calibrated each for itself.
    expect(honesty.calibration.temperature).toBeGreaterThan(0.4);
    expect(honesty.calibration.temperature).toBeLessThan(2.5);
    expect(trained.card).toMatchObject({ learner: "auto", trainingRows: 110 });
    const model = await openModel(trained.onnx);
    const predicted = mostProbable(await model.predict(kpis.values, kpis.rowCount), 3);
    await model.close();
    const right = predicted.filter((label, row) => label === kpis.labels![row]).length;
    expect(right / kpis.rowCount).toBeGreaterThanOrEqual(test.accuracy - 0.1);
  });

  it("tells where it is, with a fraction that never falls", () => {
    const search = seen.flatMap((progress) => (progress.search ? [progress.search] : []));
    expect(new Set(search.map(({ fold }) => fold))).toEqual(new Set([0, 1, 2, 3]));
    for (const { learner, standings } of search) {
      expect(standings.filter(({ status }) => status === "fitting").map((each) => each.learner)).toEqual([learner]);
    }
    expect(search[0].standings.every(({ folds, macroF1 }) => folds === 0 && macroF1 === 0)).toBe(true);
    const scores = (all: readonly { learner: string; macroF1: number | null }[]) =>
      all.map(({ learner, macroF1 }) => `${learner} ${macroF1}`).toSorted();
    expect(scores(search.at(-1)!.standings)).toEqual(scores(trained.report.leaderboard!.entries));
    const fractions = seen.map(({ fraction }) => fraction);
    expect(fractions).toEqual(fractions.toSorted((one, other) => one - other));
  });

  it("has no say of the clock without a limit: the same rows give the same model, to the byte", {
    timeout: 120_000,
  }, async () => {
    expect((await train(kpis, { learner: whole })).onnx).toEqual(trained.onnx);
  });
});

it("auto corrects the prior and weighs classes as a single learner does", async () => {
  const quick = { learner: "auto", budgetSeconds: 2, folds: 2 } as const;
  const { report } = await train(kpis, {
    learner: quick,
    prior: "uniform",
    classWeights: "balanced",
    oversampling: "smote",
  });
  expect(report.check.maxDifference).toBeLessThanOrEqual(1e-5);
  expect(report.preparation.syntheticRows).toBeGreaterThan(0);
});

it("the prior of a blend is that of its members, as they saw the classes", { timeout: 60_000 }, async () => {
  const table = syntheticTable({ rowsPerClass: [40, 20], columns: 2, distance: 0.7 });
  const { learner: _, ...settings } = TrainingSettings.parse({ classWeights: "none" });
  const rows = { raw: { values: table.values, columnCount: 2 }, labels: table.labels!, classCount: 2 };
  const all = Int32Array.from({ length: 60 }, (_, row) => row);
  const quick = { learner: "auto", budgetSeconds: 2, folds: 2 } as const;
  const { prior } = await fitAuto(rows, all, table.classes!, quick, settings, { seed: 1, threads: 1 });
  expect(prior[0] + prior[1]).toBeCloseTo(1, 10);
  expect(Math.abs(prior[0] - 2 / 3)).toBeLessThan(0.1);
});

const shapes: [string, Table][] = [
  ["two rows per class", syntheticTable({ rowsPerClass: [2, 2, 2], columns: 4 })],
  ["200 rows", syntheticTable({ rowsPerClass: [150, 50], columns: 5 })],
  ["200 classes", syntheticTable({ rowsPerClass: new Array(200).fill(3), columns: 4 })],
  ["1 row to 2,000", syntheticTable({ rowsPerClass: [2_000, 1, 2], columns: 3 })],
  ["1,000 columns", syntheticTable({ rowsPerClass: [30, 30], columns: 1_000 })],
  ["one column", syntheticTable({ rowsPerClass: [30, 30], columns: 1 })],
  ["half the cells missing", syntheticTable({ rowsPerClass: [60, 60], columns: 5, gapShare: 0.5 })],
];

it.each(shapes)("auto works with %s", { timeout: 60_000 }, async (_, table) => {
  const { report, onnx } = await train(table, { learner: { learner: "auto", budgetSeconds: 2 } });
  expect(report.check.maxDifference).toBeLessThanOrEqual(1e-5);
  expect(report.leaderboard!.entries.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 10);
  const model = await openModel(onnx);
  const probabilities = await model.predict(table.values, table.rowCount);
  await model.close();
  expect(probabilities.every((value) => value >= 0 && value <= 1)).toBe(true);
});

it("a candidate that fails is told of, and the others go on", { timeout: 120_000 }, async () => {
  const wide = syntheticTable({ rowsPerClass: [24, 24], columns: 260, gapShare: 0.1 });
  const { report } = await train(wide, {
    learner: { learner: "auto", budgetSeconds: 0, folds: 2 },
    imputer: "iterative",
    selection: "none",
  });
  const { entries } = report.leaderboard!;
  const failed = entries.filter(({ status }) => status === "failed");
  expect(failed.map(({ learner }) => learner).sort()).toEqual(["linear", "majority", "mlp"]);
  for (const { reason, weight } of failed) expect([reason, weight]).toEqual(["data-unusable", 0]);
  expect(entries.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 10);
});
