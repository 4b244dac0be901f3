import type { ModelView } from "@systemhealer/contract/model";
import { expect, test } from "vitest";
import {
  addressOf,
  filterModels,
  modelFilterOf,
  rowsOf,
  sortModels,
  valuesOf,
} from "../../../../frontend/src/features/models/model-list.ts";

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
const everything = modelFilterOf(new URLSearchParams());

test("the rows of a model are those of all its classes", () => {
  expect(rowsOf(models[2]!)).toBe(13);
});

test("a search looks at name, tags and id, whatever the case", () => {
  expect(namesOf(filterModels(models, { ...everything, text: " ALPH" }))).toEqual(["Alpha"]);
  expect(namesOf(filterModels(models, { ...everything, text: "east" }))).toEqual(["beta"]);
  expect(namesOf(filterModels(models, { ...everything, text: "3" }))).toEqual(["gamma"]);
});

test("filters by learner and tag hold together", () => {
  expect(namesOf(filterModels(models, { ...everything, learner: "gbdt", tag: "prod" }))).toEqual(["beta", "gamma"]);
  expect(filterModels(models, { ...everything, learner: "mlp", tag: "prod" })).toEqual([]);
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

test("kind and status tell models that came in other ways, and the active one", () => {
  const [trained, adapted, imported] = models.map((each, index) => ({
    ...each,
    active: index === 1,
    ...(index === 1 && { adaptedFrom: "1" }),
    ...(index === 2 && { origin: "imported" as const }),
  })) as [ModelView, ModelView, ModelView];
  const all = [trained, adapted, imported];
  expect(filterModels(all, { ...everything, kind: "trained" })).toEqual([trained]);
  expect(filterModels(all, { ...everything, kind: "adapted" })).toEqual([adapted]);
  expect(filterModels(all, { ...everything, kind: "imported" })).toEqual([imported]);
  expect(filterModels(all, { ...everything, state: "active" })).toEqual([adapted]);
  expect(filterModels(all, { ...everything, state: "inactive" })).toEqual([trained, imported]);
});

test("a filter is in the address, there and back; what the address makes up is left out", () => {
  const filter = { text: "a & b", learner: "gbdt", tag: "华东", kind: "adapted", state: "active" } as const;
  expect(modelFilterOf(new URLSearchParams(addressOf(filter).toString()))).toEqual(filter);
  expect(addressOf(everything).toString()).toBe("");
  expect(modelFilterOf(new URLSearchParams("kind=stolen&status=gone"))).toEqual(everything);
});
