import { expect, it } from "vitest";
import { fisherExactProbability } from "../../../packages/ml/src/honesty/fisher-exact.ts";

it("counts the tables of the lady who tasted tea", () => {
  expect(fisherExactProbability(3, 4, 1, 4)).toBeCloseTo(2 * (17 / 70), 12);
  expect(fisherExactProbability(4, 4, 0, 4)).toBeCloseTo(2 / 70, 12);
});

it("agrees with tails summed one by one", () => {
  expect(fisherExactProbability(1, 10, 11, 14)).toBeCloseTo(2 * 0.00137973, 7);
});

it("sees nothing where nothing can differ", () => {
  expect(fisherExactProbability(0, 30, 0, 5_000)).toBe(1);
  expect(fisherExactProbability(30, 30, 5_000, 5_000)).toBe(1);
  expect(fisherExactProbability(0, 0, 20, 100)).toBe(1);
});

it("stays a probability for large counts", () => {
  expect(fisherExactProbability(100_000, 1_000_000, 100_000, 1_000_000)).toBe(1);
  const rare = fisherExactProbability(700, 2_000, 100_000, 1_000_000);
  expect(rare).toBeGreaterThanOrEqual(0);
  expect(rare).toBeLessThan(1e-50);
});
