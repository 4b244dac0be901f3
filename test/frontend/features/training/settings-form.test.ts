import { TrainingSettings } from "@systemhealer/contract/training-settings";
import { expect, test } from "vitest";
import { learners, settingsFields } from "../../../../frontend/src/features/training/settings-fields.ts";
import {
  entriesOf,
  problemOf,
  settingsOf,
  withLearner,
} from "../../../../frontend/src/features/training/settings-form.ts";
import { en } from "../../../../frontend/src/i18n/en.ts";

const defaults = TrainingSettings.parse({});
const fieldOf = (name: string) => settingsFields("mlp").find((field) => field.name === name)!;

test.each(learners)("the form has a field for every setting that the API has (%s)", (learner) => {
  const settings = TrainingSettings.parse({ learner: { learner } });
  const names = [...Object.keys(settings), ...Object.keys(settings.learner)].filter((name) => name !== "learner");
  const fields = settingsFields(learner).map(({ name }) => name);
  expect(fields.sort()).toEqual(names.sort());
});

test.each(learners)("every field and option has a text (%s)", (learner) => {
  expect(en.train.options).toHaveProperty([learner]);
  for (const field of settingsFields(learner)) {
    expect(en.train.fields).toHaveProperty([field.name]);
    expect(en.train.help).toHaveProperty([field.name]);
    if (field.kind === "choice") for (const option of field.options) expect(en.train.options).toHaveProperty([option]);
  }
});

test.each(learners)("another learner brings its own defaults and leaves what is common to all (%s)", (learner) => {
  const entries = withLearner({ ...entriesOf(), seed: "9" }, learner);
  expect(settingsOf(entries)).toEqual(TrainingSettings.parse({ learner: { learner }, seed: 9 }));
});

test("an untouched form stands for the API's own defaults", () => {
  expect(settingsOf(entriesOf())).toEqual(defaults);
});

test("the settings of an earlier run come back as they were", () => {
  const settings = TrainingSettings.parse({ learner: { learner: "mlp", hiddenUnits: [64, 32], epochs: 7 }, seed: 9 });
  expect(settingsOf(entriesOf(settings))).toEqual(settings);
});

test.each([
  ["epochs", "0", "outOfRange"],
  ["epochs", "1.5", "notWhole"],
  ["epochs", "many", "notNumber"],
  ["epochs", "", "notNumber"],
  ["dropout", "0.95", "outOfRange"],
  ["dropout", "0.5", undefined],
  ["hiddenUnits", "100, 50", undefined],
  ["hiddenUnits", "100，50", undefined],
  ["hiddenUnits", "1 2 3 4 5 6 7 8 9", "outOfRange"],
])("%s = “%s”: %s", (name, entry, problem) => {
  expect(problemOf(fieldOf(name), entry)).toBe(problem);
});

test("a wrong entry makes no order", () => {
  expect(settingsOf({ ...entriesOf(), folds: "0" })).toBeUndefined();
});
