import { listNames } from "@systemhealer/domain/list-names";
import { expect, test } from "vitest";

test("the first twenty names are told, and how many more there are", () => {
  expect(listNames(["a", "b"])).toEqual({ missing: "a, b" });
  const names = Array.from({ length: 23 }, (_, i) => `k${i}`);
  const { missing, more } = listNames(names);
  expect([missing.split(", "), more]).toEqual([names.slice(0, 20), 3]);
});
