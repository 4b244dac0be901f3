import { expect, it } from "vitest";
import { TrainingSettings } from "../../../packages/contract/src/training-settings.ts";
import { crossValidate } from "../../../packages/ml/src/pipeline/cross-validate.ts";
import { syntheticTable } from "../fixtures/synthetic-table.ts";

const table = syntheticTable({ rowsPerClass: [400, 40], columns: 3, distance: 0.6 });
const options = { folds: 3, budgetSeconds: 0, threads: 1 };

it("a uniform prior takes part in the score: the rare class is no longer passed over", async () => {
  const learner = { learner: "linear" as const, iterations: 30 };
  const score = async (prior: "training" | "uniform") =>
    crossValidate(table, TrainingSettings.parse({ learner, prior, map: "none" }), options);
  const training = await score("training");
  const uniform = await score("uniform");
  expect(uniform.macroF1).not.toBe(training.macroF1);
  // More rows of the frequent class are taken for the rare one.
  expect(uniform.accuracy).toBeLessThan(training.accuracy);
});

it("every row is scored once: the majority is right for its share of them", async () => {
  const settings = TrainingSettings.parse({ learner: { learner: "majority" }, map: "none" });
  const { accuracy, ece, folds, rows } = await crossValidate(table, settings, options);
  expect(accuracy).toBeCloseTo(400 / 440, 2);
  // It says of every row with which share of the rows it is right.
  expect(ece).toBeLessThan(0.005);
  expect({ folds, rows }).toEqual({ folds: 3, rows: 440 });
});

it("a class of one row takes no part, as in a training", async () => {
  const { featureNames, rowCount, values, labels, classes } = table;
  const odd = { featureNames, rowCount, values, labels: labels!.with(0, 2), classes: [...classes!, "odd"] };
  const settings = TrainingSettings.parse({ learner: { learner: "majority" }, map: "none" });
  const { accuracy, rows } = await crossValidate(odd, settings, options);
  expect(rows).toBe(439);
  expect(accuracy).toBeCloseTo(399 / 439, 2);
});

it("macro-F1 of the answers taken together counts the class that most folds lack; a warning says so", async () => {
  const lopsided = syntheticTable({ rowsPerClass: [1_000, 2, 2], columns: 3, distance: 1 });
  const settings = TrainingSettings.parse({ learner: { learner: "majority" }, map: "none" });
  const told = await crossValidate(lopsided, settings, { ...options, folds: 5 });
  const ofFrequentClass = (2 * 1_000) / (1_004 + 1_000);
  expect(told.pooledMacroF1).toBeCloseTo(ofFrequentClass / 3, 10);
  expect(told.learners[0]!.pooledMacroF1).toBe(told.pooledMacroF1);
  // At least one of the five folds holds none of the four rare rows.
  expect(told.macroF1).toBeGreaterThan(told.pooledMacroF1 + 0.1);
  expect(told.warnings).toEqual([{ code: "folds-lack-classes", classes: 2, of: 3 }]);
});

it("without rare classes nothing is warned of, and macro-F1 taken together is close to that of the folds", async () => {
  const settings = TrainingSettings.parse({ learner: { learner: "linear", iterations: 30 }, map: "none" });
  const { macroF1, pooledMacroF1, warnings } = await crossValidate(table, settings, options);
  expect(warnings).toEqual([]);
  expect(pooledMacroF1).not.toBe(macroF1);
  expect(Math.abs(pooledMacroF1 - macroF1)).toBeLessThan(0.05);
});

it("repeated rows are told, which take part where folds are given", async () => {
  const { values, labels, rowCount, ...rest } = syntheticTable({ rowsPerClass: [10, 10], columns: 3, distance: 1 });
  const twice = Float32Array.from([...values, ...values]);
  const repeated = {
    ...rest,
    rowCount: 2 * rowCount,
    values: twice,
    labels: Int32Array.from([...labels!, ...labels!]),
  };
  const settings = TrainingSettings.parse({ learner: { learner: "majority" }, map: "none" });
  const dropped = await crossValidate(repeated, settings, options);
  expect(dropped).toMatchObject({ rows: 20, duplicateRowsDropped: 20 });
  const foldOfRow = Int32Array.from(repeated.labels.keys()).map((row) => row % 3);
  const given = await crossValidate(repeated, settings, { ...options, foldOfRow });
  expect(given).toMatchObject({ rows: 40, duplicateRowsDropped: 0 });
});

it("more folds than rows are told; with folds that are given, the number ordered says nothing", async () => {
  const few = syntheticTable({ rowsPerClass: [3, 3], columns: 3, distance: 1 });
  const settings = TrainingSettings.parse({ learner: { learner: "majority" }, map: "none" });
  const { folds, warnings } = await crossValidate(few, settings, { ...options, folds: 10 });
  expect(folds).toBe(6);
  expect(warnings).toEqual([
    { code: "fewer-folds", folds: 6, ordered: 10 },
    { code: "folds-lack-classes", classes: 2, of: 2 },
  ]);
  const foldOfRow = Int32Array.from(few.labels!.keys()).map((row) => row % 3);
  const given = await crossValidate(few, settings, { ...options, folds: 10, foldOfRow });
  expect(given).toMatchObject({ folds: 3, warnings: [] });
});

it.each([
  ["majority", [1, 1, 1], 3],
  ["auto", [2, 2, 2], 6],
] as const)("%s is refused where classes have %j rows: nothing is left to learn from", async (learner, rows, count) => {
  const few = syntheticTable({ rowsPerClass: [...rows], columns: 3, distance: 1 });
  const settings = TrainingSettings.parse({ learner: { learner }, map: "none" });
  await expect(crossValidate(few, settings, { ...options, folds: 2 })).rejects.toMatchObject({
    code: "data-unusable",
    parameters: { reason: "too-few-rows", rows: count },
  });
});

it("auto is told first, then each of its candidates, the best first, with mean and spread over the folds", {
  timeout: 60_000,
}, async () => {
  const small = syntheticTable({ rowsPerClass: [40, 40], columns: 3, distance: 0.6 });
  const settings = TrainingSettings.parse({ learner: { learner: "auto", folds: 2 }, map: "none" });
  const budget = { folds: 2, budgetSeconds: 6, threads: 1 };
  const told = await crossValidate(small, settings, budget);
  const [first, ...others] = told.learners;
  expect(first).toMatchObject({ learner: "auto", folds: 2, settings: { budgetSeconds: 3 } });
  const { macroF1, macroF1Spread, pooledMacroF1, accuracy, accuracySpread, ece } = first;
  expect(told).toMatchObject({
    macroF1,
    macroF1Spread,
    pooledMacroF1,
    accuracy,
    accuracySpread,
    ece,
    rows: 80,
    folds: 2,
  });
  expect(others.map(({ learner }) => learner)).toEqual(expect.arrayContaining(["majority", "linear"]));
  const scores = others.map((each) => each.macroF1);
  expect(scores).toEqual(scores.toSorted((one, other) => other - one));
  expect(others.at(-1)).toMatchObject({ learner: "majority" });
});
