import { Leaderboard } from "@systemhealer/contract/leaderboard";
import { ModelCard, Report } from "@systemhealer/contract/model-card";
import { expect, it } from "vitest";

const classes = ["calm", "busy"];
const evaluation = { rows: 2, accuracy: 1, macroF1: 1, perClass: [], confusion: [] };

it("a card of the first version is read: it told no calibration error, and few settings", () => {
  const card = {
    schema: "model-card.v1",
    features: [{ name: "cpu", used: true }],
    classes,
    learner: "mlp",
    settings: { learner: { learner: "mlp", hiddenUnits: [8], epochs: 4 }, seed: 0, classWeights: "balanced" },
    trainedAt: "2026-01-01T00:00:00.000Z",
    trainingRows: 10,
    trainingFileSha256: "0".repeat(64),
    accuracy: 1,
    macroF1: 1,
    software: "systemhealer 0.1.0",
  };
  expect(ModelCard.safeParse(card).error).toBeUndefined();
});

it("a report is read that told 0 of a learner that no fold was scored of", () => {
  const never = {
    ...{ learner: "linear", settings: { learner: "linear" }, macroF1: 0, macroF1Spread: 0, accuracy: 0 },
    ...{ folds: 0, seconds: 0, weight: 0, status: "stopped-early", reason: "out-of-time" },
  };
  const leaderboard = {
    ...{ folds: 2, budgetSeconds: 1, seconds: 1, rows: 10, mean: "arithmetic", macroF1: 1, accuracy: 1 },
    entries: [{ ...never, folds: 2, macroF1: 1, accuracy: 1, weight: 1, status: "scored" }, never],
  };
  expect(Leaderboard.parse(leaderboard).entries).toMatchObject([{ macroF1: 1 }, { macroF1: 0, folds: 0 }]);
});

it("a report of the first version is read: it told neither calibration nor baselines nor selection", () => {
  const report = {
    schema: "report.v1",
    classes,
    split: { training: 6, validation: 2, test: 2 },
    preparation: { duplicateRowsDropped: 0, constantFeaturesDropped: [], cellsImputed: 0, classes: [] },
    validation: evaluation,
    test: evaluation,
    curve: [{ epoch: 1, trainLoss: 1, validationLoss: 1, validationMacroF1: 0.5 }],
    bestEpoch: 1,
    check: { rows: 10, maxDifference: 0 },
    fitSeconds: 1,
    seconds: 2,
  };
  expect(Report.safeParse(report).error).toBeUndefined();
});
