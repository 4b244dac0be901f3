import { expect, it } from "vitest";
import { learningRates } from "../../../../packages/ml/src/learners/mlp/schedule.ts";

it("the cosine schedule rises in a line, falls along a cosine and ends near 0", () => {
  const settings = { learningRate: 1, schedule: "cosine", warmUp: 0.1 } as const;
  const rates = Array.from({ length: 10 }, (_, epoch) => Array.from(learningRates(settings, epoch + 1, 10, 10))).flat();
  expect(rates[0]).toBeCloseTo(1 / 11, 5);
  expect(rates.indexOf(Math.max(...rates))).toBe(10);
  expect(rates[55]).toBeCloseTo(0.5, 5);
  expect(rates[99]).toBeGreaterThan(0);
  expect(rates[99]).toBeLessThan(1e-3);
});

it("a constant schedule does not move", () => {
  const settings = { learningRate: 0.25, schedule: "constant", warmUp: 0.1 } as const;
  expect(Array.from(learningRates(settings, 3, 10, 2))).toEqual([0.25, 0.25]);
});
