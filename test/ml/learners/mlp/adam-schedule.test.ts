import { expect, it } from "vitest";
import { adamSchedule } from "../../../../packages/ml/src/learners/mlp/adam-schedule.ts";

it("turns fading sums into the steps that AdamW's averages take", () => {
  const rates = Float32Array.of(0.01, 0.02, 0.03, 0.01, 0.02);
  const gradients = [0.5, -0.2, 3e-8, 0.7, -0.4];
  const { stepSizes, floors } = adamSchedule(rates, 0);
  let [mean, square, sum, squareSum] = [0, 0, 0, 0];
  for (const [index, gradient] of gradients.entries()) {
    mean = 0.9 * mean + 0.1 * gradient;
    square = 0.999 * square + 0.001 * gradient ** 2;
    sum = 0.9 * sum + gradient;
    squareSum = 0.999 * squareSum + gradient ** 2;
    const corrected = mean / (1 - 0.9 ** (index + 1));
    const deviation = Math.sqrt(square / (1 - 0.999 ** (index + 1)));
    const step = (stepSizes[index] * sum) / (Math.sqrt(squareSum) + floors[index]);
    expect(step).toBeCloseTo((rates[index] * corrected) / (deviation + 1e-8), 6);
  }
});

it("goes on where it left off", () => {
  const rates = new Float32Array(6).fill(0.1);
  const whole = adamSchedule(rates, 0);
  const rest = adamSchedule(rates.subarray(0, 2), 4);
  expect(rest.stepSizes).toEqual(whole.stepSizes.subarray(4));
  expect(rest.floors).toEqual(whole.floors.subarray(4));
});
