import { expect, it } from "vitest";
import { describeKpi } from "../../../packages/ml/src/explain/describe-kpi.ts";

const range = { low: 1, median: 2, high: 3 };

it.each([
  [0.9, "below"],
  [1, "within"],
  [3, "within"],
  [3.1, "above"],
] as const)("%d lies %s the range from 1 to 3", (value, direction) => {
  expect(describeKpi("cpu", value, 0.5, range, 1.5)).toEqual({
    ...{ name: "cpu", value, contribution: 0.5, z: 1.5 },
    ...{ low: 1, high: 3, direction },
  });
});

it("a gap has no value and no deviation, and says so whether or not a range is known", () => {
  const gap = { name: "cpu", value: null, contribution: -1, direction: "gap" };
  expect(describeKpi("cpu", Number.NaN, -1, undefined, Number.NaN)).toEqual(gap);
  expect(describeKpi("cpu", Number.NaN, -1, range)).toEqual({ ...gap, low: 1, high: 3 });
});

it("a number of which no range is known is told alone", () => {
  expect(describeKpi("cpu", 4, 1, undefined)).toEqual({ name: "cpu", value: 4, contribution: 1 });
});
