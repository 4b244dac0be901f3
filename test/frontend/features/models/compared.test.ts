import { expect, test } from "vitest";
import { bestOf } from "../../../../frontend/src/features/models/best-of.ts";
import {
  compareAddress,
  comparedIds,
  maxCompared,
  uniqueNames,
} from "../../../../frontend/src/features/models/compared.ts";

const searchOf = (address: string) => new URL(address, "http://portal").searchParams;

test("the address names the models that are compared, each once and no more than fit", () => {
  expect(comparedIds(searchOf(compareAddress(["a", "b"])))).toEqual(["a", "b"]);
  expect(comparedIds(searchOf("/models/compare?models=a,,a,b"))).toEqual(["a", "b"]);
  expect(comparedIds(searchOf("/models/compare"))).toEqual([]);
  expect(comparedIds(searchOf(compareAddress([..."abcdefghij"])))).toHaveLength(maxCompared);
});

test("models of the same name can be told apart", () => {
  expect(uniqueNames(["m", "n", "m", "m"])).toEqual(["m", "n", "m (2)", "m (3)"]);
});

test("the best is marked where there is one", () => {
  expect([...bestOf([0.2, 0.9, 0.9, undefined], "more")]).toEqual([1, 2]);
  expect([...bestOf([0.2, 0.9], "less")]).toEqual([0]);
  expect([...bestOf([0.5, 0.5], "more")]).toEqual([]);
  expect([...bestOf([0.5, undefined], "more")]).toEqual([]);
});
