import { expect, it } from "vitest";
import { createScaler, fitScale } from "../../../packages/ml/src/preprocess/scaler.ts";

it("standard: mean and standard deviation", () => {
  const { centre, spread } = fitScale(Float64Array.of(2, 4, 4, 4, 5, 5, 7, 9), "standard");
  expect([centre, spread]).toEqual([5, 2]);
});

it("robust: median and interquartile range, that of a normal distribution being 1", () => {
  const { centre, spread } = fitScale(Float64Array.of(1, 2, 3, 4, 1e6), "robust");
  expect(centre).toBe(3);
  expect(spread).toBeCloseTo(2 / 1.34898, 5);
});

it("robust, where the middle half is one value: the standard deviation around it", () => {
  const { centre, spread } = fitScale(Float64Array.of(0, 0, 0, 0, 0, 0, 0, 4), "robust");
  expect([centre, spread]).toEqual([0, Math.sqrt(2)]);
});

it("a spread below what float32 can tell is not made large of", () => {
  expect(fitScale(Float64Array.of(1e17, 1e17 + 64), "standard").spread).toBeCloseTo(1e9, 0);
  expect(fitScale(Float64Array.of(0, 0), "standard").spread).toBe(1);
});

it("scales each column by its own", () => {
  const { apply } = createScaler([
    { centre: 1, spread: 2 },
    { centre: 0, spread: 4 },
  ]);
  expect([apply(5, 0), apply(5, 1)]).toEqual([2, 1.25]);
});
