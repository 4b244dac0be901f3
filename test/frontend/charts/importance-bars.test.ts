import { expect, test } from "vitest";
import { importanceBars, isSure } from "../../../frontend/src/charts/importance-bars.ts";

const bar = (name: string, mean: number, low: number) => ({ name, mean, low, high: mean + 0.1 });

test("the KPIs that matter most come first, no more than asked for", () => {
  const bars = importanceBars([bar("a", 0.1, 0), bar("b", 0.3, 0.2), bar("c", 0.2, 0.1)], 2);
  expect(bars.map(({ name }) => name)).toEqual(["b", "c"]);
});

test("a KPI whose interval reaches 0 may matter by chance only", () => {
  expect(isSure(bar("a", 0.1, 0.02))).toBe(true);
  expect(isSure(bar("a", 0.1, 0))).toBe(false);
  expect(isSure(bar("a", 0.1, -0.1))).toBe(false);
});
