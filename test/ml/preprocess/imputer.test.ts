import { expect, it } from "vitest";
import { createImputer, fitFill } from "../../../packages/ml/src/preprocess/imputer.ts";

it.each([
  ["median", 3],
  ["k-nearest", 3],
  ["iterative", 3],
  ["mean", 17 / 5],
  ["mode", 1],
] as const)("the %s imputer begins with %d", (kind, fill) => {
  expect(fitFill(Float64Array.of(1, 1, 3, 3, 9), kind)).toBe(fill);
});

it("the mode is the most frequent number wherever it stands", () => {
  expect(fitFill(Float64Array.of(-2, 0, 5, 5, 5), "mode")).toBe(5);
  expect(fitFill(Float64Array.of(4), "mode")).toBe(4);
});

it("only gaps are filled, each column's by its own fill", () => {
  const { apply } = createImputer(Float64Array.of(7, 8));
  expect([apply(Number.NaN, 0), apply(Number.NaN, 1), apply(0, 1)]).toEqual([7, 8, 0]);
});
