import { expect, test } from "vitest";
import { Output } from "../../../cli/src/output.ts";
import { tellUnusedSteps } from "../../../cli/src/terminal/tell-unused-steps.ts";
import { TrainingSettings, type TrainingSettingsInput } from "../../../packages/contract/src/training-settings.ts";

function told(settings: TrainingSettingsInput, language: "en" | "zh" = "en"): string {
  const notes: string[] = [];
  const output = new Output({ json: false, language });
  output.note = (code, parameters = {}) => void notes.push(output.text(code, parameters));
  tellUnusedSteps(output, TrainingSettings.parse(settings));
  return notes.join("\n");
}

test("steps of the preparation that trees do not take are named, in both languages", () => {
  const ordered = { learner: { learner: "gbdt" }, imputer: "mean", scaler: "standard", outlierLimit: 4 } as const;
  expect(told(ordered)).toMatch(/^gbdt takes .* --imputer --scaler --outlier-limit$/);
  expect(told({ learner: { learner: "extra-trees" }, imputer: "mean" }, "zh")).toMatch(/不起作用：--imputer$/);
});

test("nothing is said where they are taken, or where none was ordered", () => {
  expect(told({ learner: { learner: "mlp" }, imputer: "mean", scaler: "standard" })).toBe("");
  expect(told({ learner: { learner: "auto" }, imputer: "mean" })).toBe("");
  expect(told({ learner: { learner: "gbdt" } })).toBe("");
});
