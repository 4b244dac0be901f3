import { expect, it } from "vitest";
import { benjaminiHochberg } from "../../../packages/ml/src/honesty/benjamini-hochberg.ts";

it("believes the four of the fifteen tests of the paper's example", () => {
  const probabilities = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
  ];
  const believed = benjaminiHochberg(probabilities, 0.05);
  expect(believed).toEqual(probabilities.map((_, test) => test < 4));
});

it("believes a test that fails alone where a later one carries it", () => {
  expect(benjaminiHochberg([0.04, 0.045, 0.9], 0.07)).toEqual([true, true, false]);
});

it("has no order and no test", () => {
  expect(benjaminiHochberg([0.9, 0.001], 0.05)).toEqual([false, true]);
  expect(benjaminiHochberg([], 0.05)).toEqual([]);
});
