import { expect, it } from "vitest";
import { fisherScore } from "../../../../packages/ml/src/preprocess/select/fisher-score.ts";

const labels = Int32Array.of(0, 0, 1, 1);

it("is the variance between the classes over that within them", () => {
  // Means 1 and 5 around 3: 4 · 2² between; 4 · 1² within.
  expect(fisherScore(Float64Array.of(0, 2, 4, 6), labels, 2)).toBeCloseTo(4, 12);
  expect(fisherScore(Float64Array.of(0, 2e30, 4e30, 6e30), labels, 2)).toBeCloseTo(4, 12);
});

it("is 0 where the means are one, and the largest number where each class is one value of its own", () => {
  expect(fisherScore(Float64Array.of(0, 2, 0, 2), labels, 2)).toBe(0);
  expect(fisherScore(Float64Array.of(7, 7, 7, 7), labels, 2)).toBe(0);
  expect(fisherScore(Float64Array.of(1, 1, 2, 2), labels, 2)).toBe(Number.MAX_VALUE);
});

it("passes over gaps and classes without a number", () => {
  const gap = Number.NaN;
  const withGaps = Float64Array.of(0, gap, 2, 4, gap, 6, gap);
  expect(fisherScore(withGaps, Int32Array.of(0, 0, 0, 1, 1, 1, 2), 3)).toBeCloseTo(4, 12);
  expect(fisherScore(Float64Array.of(gap, gap), Int32Array.of(0, 1), 2)).toBe(0);
});
