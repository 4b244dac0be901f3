import { expect, test } from "vitest";
import { addressOf, runFilterOf } from "../../../../frontend/src/features/runs/run-filter.ts";

test("a filter is in the address, there and back", () => {
  const filter = { kind: "adaptation", status: "failed", tag: "华东", search: "a & b" } as const;
  expect(runFilterOf(new URLSearchParams(addressOf(filter).toString()))).toEqual(filter);
  expect(addressOf({}).toString()).toBe("");
});

test("what the address makes up is left out", () => {
  expect(runFilterOf(new URLSearchParams("kind=stolen&status=gone&tag=&search=%20"))).toEqual({});
});
