import { expect, test } from "vitest";
import { extentOf, roundTicks } from "../../../frontend/src/charts/extent.ts";

test("the extent has a margin on either side and passes over what is no number", () => {
  expect(extentOf([10, Number.NaN, 110, Number.POSITIVE_INFINITY])).toEqual([6, 114]);
});

test("a single value has room around it, and no value the extent 0 to 1", () => {
  expect(extentOf([4, 4])).toEqual([2, 6]);
  expect(extentOf([0])).toEqual([-0.5, 0.5]);
  expect(extentOf([])).toEqual([0, 1]);
});

test("ticks are round, few and within the axis", () => {
  expect(roundTicks(0, 100, 5)).toEqual([0, 20, 40, 60, 80, 100]);
  expect(roundTicks(3.2, 9.7, 5)).toEqual([4, 6, 8]);
  expect(roundTicks(5, 5, 5)).toEqual([5]);
  expect(roundTicks(-1e9, 1e9, 5).length).toBeLessThanOrEqual(6);
});
