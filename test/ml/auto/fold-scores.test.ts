import { expect, it } from "vitest";
import { meanOf, scoreFold, spreadOf } from "../../../packages/ml/src/auto/fold-scores.ts";

it("a fold is scored by its most probable classes, and its loss by the probability of the actual one", () => {
  const probabilities = Float32Array.of(0.75, 0.25, 0.5, 0.5, 0.25, 0.75, 0.75, 0.25);
  const { macroF1, accuracy, loss } = scoreFold(probabilities, Int32Array.of(0, 0, 1, 1), 2);
  expect(accuracy).toBe(0.75);
  expect(macroF1).toBeCloseTo((4 / 5 + 2 / 3) / 2, 10);
  expect(loss).toBeCloseTo(-(2 * Math.log(0.75) + Math.log(0.5) + Math.log(0.25)) / 4, 6);
});

it("mean and spread over folds are those of numpy's mean and std, 0 where there is none", () => {
  expect(meanOf([1, 3, 5, 7])).toBe(4);
  expect(spreadOf([1, 3, 5, 7])).toBeCloseTo(Math.sqrt(5), 12);
  expect([meanOf([]), spreadOf([]), spreadOf([0.4])]).toEqual([0, 0, 0]);
});
