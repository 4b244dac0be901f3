import { expect, it } from "vitest";
import { fitUnit, signedLog } from "../../../packages/ml/src/preprocess/signed-log.ts";

it("keeps the sign, and is logarithmic from the unit on", () => {
  expect(signedLog(0, 1)).toBe(0);
  expect(signedLog(1 - Math.E, 1)).toBeCloseTo(-1, 12);
  expect(signedLog(1e9, 1e3)).toBeCloseTo(Math.log(1e6), 5);
  expect(signedLog(1e-6, 1)).toBeCloseTo(1e-6, 10);
});

it("the unit is 1, or the median magnitude of tiny numbers without the zeros", () => {
  expect(fitUnit(Float64Array.of(0, -3e-9, 1e-9, 0, 2e-9))).toBe(2e-9);
  expect(fitUnit(Float64Array.of(-500, 20, 3))).toBe(1);
  expect(fitUnit(Float64Array.of(0, 0))).toBe(1);
});
