import { expect, it } from "vitest";
import { TrainingSettings, type TrainingSettingsInput } from "../../../packages/contract/src/training-settings.ts";
import type { Candidate } from "../../../packages/ml/src/auto/candidate.ts";
import { rowsAndColumns, settingsFor } from "../../../packages/ml/src/auto/candidate.ts";
import { candidates } from "../../../packages/ml/src/auto/candidates.ts";

const own = { selection: "mutual-information", classWeights: "square-root" } as const;

function resolved(order: TrainingSettingsInput) {
  const { learner: _, ...settings } = TrainingSettings.parse(order);
  const { selection, classWeights } = settingsFor({ own }, settings);
  return { selection, classWeights };
}

it("a candidate chooses columns and weighs rows its own way where the order leaves it open", () => {
  expect(resolved({})).toEqual(own);
  expect(resolved({ selection: "none" })).toEqual({ ...own, selection: "none" });
  expect(resolved({ classWeights: "balanced" })).toEqual({ ...own, classWeights: "balanced" });
});

it("an order of no class weights is one", () => {
  expect(resolved({ classWeights: "none" })).toEqual({ ...own, classWeights: "none" });
});

it("what a candidate does with columns and rows is told with nothing left open", () => {
  const told = (order: TrainingSettingsInput, candidate: Candidate) =>
    rowsAndColumns(candidate, TrainingSettings.parse(order));
  const linear = { learner: "linear", l2: 1, iterations: 100 } as const;
  const majority = { learner: "majority" } as const;
  expect(told({}, { learner: linear, own })).toEqual(own);
  expect(told({}, { learner: linear })).toEqual({ selection: "mutual-information", classWeights: "none" });
  expect(told({}, { learner: majority })).toEqual({ selection: "none", classWeights: "none" });
  const ordered = { selection: "fisher", classWeights: "none" } as const;
  expect(told(ordered, { learner: linear, own })).toEqual(ordered);
});

it("a candidate with no way of its own does what the order tells", () => {
  const { learner: _, ...settings } = TrainingSettings.parse({ selection: "fisher" });
  expect(settingsFor({}, settings)).toEqual(settings);
});

it.each([300, 5_000, 1_000_000])(
  "of %d rows some boosted trees see every column, and no two candidates are one",
  (rows) => {
    const all = candidates({ rows, columns: 100, classes: 5 });
    const boosted = all.filter(({ learner }) => learner.learner === "gbdt");
    expect(new Set(boosted.map((each) => each.own?.selection))).toEqual(new Set([undefined, "mutual-information"]));
    expect(new Set(all.map(({ learner }) => JSON.stringify(learner))).size).toBe(all.length);
  },
);
