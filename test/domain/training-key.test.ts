import { TrainingSettings } from "@systemhealer/contract/training-settings";
import { trainingKey } from "@systemhealer/domain/training-key";
import { expect, it } from "vitest";

const settings = TrainingSettings.parse({});
const from = { datasetSha256: "a".repeat(64), settings, software: "trainer 1" };

it("the same data, settings and software have one key, however their names are ordered", () => {
  const turned = Object.fromEntries(Object.entries(settings).reverse()) as TrainingSettings;
  expect(trainingKey({ ...from, settings: turned })).toBe(trainingKey(from));
  expect(trainingKey({ ...from, labelColumn: undefined })).toBe(trainingKey(from));
  expect(trainingKey(from)).toMatch(/^[0-9a-f]{64}$/);
});

it("another one of them, or another column of labels, has another key", () => {
  const others = [
    { ...from, datasetSha256: "b".repeat(64) },
    { ...from, settings: { ...settings, seed: 1 } },
    { ...from, settings: TrainingSettings.parse({ learner: { learner: "auto", budgetSeconds: 299 } }) },
    { ...from, software: "trainer 2" },
    { ...from, labelColumn: "fault" },
  ];
  expect(new Set([from, ...others].map(trainingKey)).size).toBe(others.length + 1);
});
