import type { ModelView } from "@systemhealer/contract/model";
import { expect, test } from "vitest";
import { filterModels, rowsOf, sortModels, valuesOf } from "../../../../frontend/src/features/models/model-list.ts";

const model = (modelId: string, name: string, macroF1: number, learner: string, tags?: string[]) =>
  ({
    modelId,
    name,
    macroF1,
    learner,
    accuracy: 1 - macroF1,
    createdAt: `2026-01-0${modelId}T00:00:00.000Z`,
    classes: [
      { name: "a", rows: 10 },
      { name: "b", rows: Number(modelId) },
    ],
    ...(tags && { tags }),
  }) as ModelView;
const models = [
  model("1", "beta", 0.9, "gbdt", ["prod", "east"]),
  model("2", "Alpha", 0.5, "mlp"),
  model("3", "gamma", 0.7, "gbdt", ["prod"]),
];
const namesOf = (list: readonly ModelView[]) => list.map(({ name }) => name);
const everything = { text: "", learner: undefined, tag: undefined };

test("the rows of a model are those of all its classes", () => {
  expect(rowsOf(models[2]!)).toBe(13);
});

test("a search looks at name, tags and id, whatever the case", () => {
  expect(namesOf(filterModels(models, { ...everything, text: " ALPH" }))).toEqual(["Alpha"]);
  expect(namesOf(filterModels(models, { ...everything, text: "east" }))).toEqual(["beta"]);
  expect(namesOf(filterModels(models, { ...everything, text: "3" }))).toEqual(["gamma"]);
});

test("filters by learner and tag hold together", () => {
  expect(namesOf(filterModels(models, { text: "", learner: "gbdt", tag: "prod" }))).toEqual(["beta", "gamma"]);
  expect(filterModels(models, { text: "", learner: "mlp", tag: "prod" })).toEqual([]);
});

test("models are sorted both ways, by any column", () => {
  expect(namesOf(sortModels(models, "macroF1", true))).toEqual(["beta", "gamma", "Alpha"]);
  expect(namesOf(sortModels(models, "rows", false))).toEqual(["beta", "Alpha", "gamma"]);
  expect(namesOf(sortModels(models, "name", false))).toEqual(["Alpha", "beta", "gamma"]);
  expect(namesOf(sortModels(models, "trained", true))).toEqual(["gamma", "Alpha", "beta"]);
});

test("each value of a filter is offered once", () => {
  expect(valuesOf(models, ({ tags }) => tags)).toEqual(["east", "prod"]);
  expect(valuesOf(models, ({ learner }) => [learner])).toEqual(["gbdt", "mlp"]);
});
