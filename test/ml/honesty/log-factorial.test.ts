import { expect, it } from "vitest";
import { logFactorial } from "../../../packages/ml/src/honesty/log-factorial.ts";

it("is the logarithm of the factorial", () => {
  expect(logFactorial(0)).toBe(0);
  expect(logFactorial(10)).toBeCloseTo(Math.log(3_628_800), 12);
  expect(logFactorial(170)).toBeCloseTo(706.5730622457874, 9);
});

it("goes on without a step where the series begins", () => {
  expect(logFactorial(256) - logFactorial(255)).toBeCloseTo(Math.log(256), 10);
});
