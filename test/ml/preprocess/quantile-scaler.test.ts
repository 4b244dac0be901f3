import { expect, it } from "vitest";
import { createQuantileScaler, fitKnots } from "../../../packages/ml/src/preprocess/quantile-scaler.ts";

const evenly = Float64Array.from({ length: 101 }, (_, place) => place);

it("uniform: a number becomes its share of the column, −1 to 1, and beyond its ends no more", () => {
  const { apply } = createQuantileScaler([fitKnots(evenly, "uniform")]);
  for (const [value, height] of [
    [0, -1],
    [25, -0.5],
    [50, 0],
    [90, 0.8],
    [100, 1],
    [1e9, 1],
    [-1e9, -1],
  ]) {
    expect(apply(value, 0)).toBeCloseTo(height, 6);
  }
});

it("normal: it becomes the normal score of that share", () => {
  const { apply } = createQuantileScaler([fitKnots(evenly, "normal")]);
  expect(apply(50, 0)).toBeCloseTo(0, 6);
  expect(apply(75, 0)).toBeCloseTo(0.6745, 2);
  expect(apply(25, 0)).toBeCloseTo(-0.6745, 2);
  expect(apply(100, 0)).toBeCloseTo(3.09, 2);
  expect(apply(0, 0)).toBeCloseTo(-3.09, 2);
});

it("a value that many quantiles share stands in their middle", () => {
  const half = Float64Array.from({ length: 100 }, (_, place) => Math.max(0, place - 50));
  const { apply } = createQuantileScaler([fitKnots(half, "uniform"), fitKnots(evenly, "uniform")]);
  expect(apply(0, 0)).toBeCloseTo(-0.5, 1);
  expect(apply(49, 0)).toBeCloseTo(1, 6);
  expect(apply(0, 1)).toBe(-1);
});
