import { LeaderboardEntry } from "@systemhealer/contract/leaderboard";
import { LearnerSettings, TrainingSettings } from "@systemhealer/contract/training-settings";
import { expect, test } from "vitest";
import {
  entrySettings,
  flatSettings,
  ownSettings,
  settingRows,
} from "../../../../frontend/src/features/models/settings-rows.ts";

const settings = (input: unknown) => TrainingSettings.parse(input);

test("settings are one flat list, the learner's first", () => {
  const flat = flatSettings(settings({ learner: { learner: "linear", l2: 3 } }));
  expect(flat.slice(0, 2)).toEqual([
    ["learner", "linear"],
    ["l2", 3],
  ]);
  expect(new Map(flat).get("testShare")).toBe(0.15);
});

test("what differs between trainings of one learner is marked, and nothing else", () => {
  const rows = settingRows([
    settings({ learner: { learner: "gbdt", rounds: 10 }, scaler: "robust" }),
    settings({ learner: { learner: "gbdt", rounds: 20 }, scaler: "robust" }),
  ]);
  expect(rows.filter(({ differs }) => differs)).toEqual([{ name: "rounds", values: [10, 20], differs: true }]);
});

test("a setting that only one learner has is no difference", () => {
  const rows = settingRows([
    settings({ learner: { learner: "gbdt" } }),
    settings({ learner: { learner: "mlp", hiddenUnits: [8, 8] } }),
  ]);
  expect(rows.find(({ name }) => name === "hiddenUnits")).toEqual({
    name: "hiddenUnits",
    values: [undefined, [8, 8]],
    differs: false,
  });
  expect(rows.find(({ name }) => name === "learner")!.differs).toBe(true);
});

test("of a learner's settings only those that are not its defaults are its own", () => {
  expect(ownSettings(LearnerSettings.parse({ learner: "gbdt", leaves: 31 }))).toEqual([["leaves", 31]]);
  expect(ownSettings(LearnerSettings.parse({ learner: "linear" }))).toEqual([]);
});

test("a learner that was compared tells how its KPIs and rows were chosen, where its report does", () => {
  const entry = LeaderboardEntry.parse({
    learner: "linear",
    settings: { learner: "linear" },
    ...{ macroF1: 0.9, macroF1Spread: 0, accuracy: 0.9, folds: 5, seconds: 1, weight: 0.5, status: "scored" },
  });
  expect(entrySettings(entry)).toEqual([]);
  expect(entrySettings({ ...entry, selection: "fisher", classWeights: "square-root" })).toEqual([
    ["selection", "fisher"],
    ["classWeights", "square-root"],
  ]);
});
