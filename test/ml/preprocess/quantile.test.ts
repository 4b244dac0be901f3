import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quantile } from "../../../packages/ml/src/preprocess/quantile.ts";

describe("quantile", () => {
  it("interpolates between neighbours as NumPy does", () => {
    const sorted = Float64Array.of(1, 2, 3, 4);
    expect([0, 0.25, 0.5, 0.75, 1].map((share) => quantile(sorted, share))).toEqual([1, 1.75, 2.5, 3.25, 4]);
    expect(quantile(Float64Array.of(7), 0.3)).toBe(7);
  });

  it("lies between the least and the greatest number", () => {
    const numbers = fc.float64Array({ minLength: 1, noNaN: true, noDefaultInfinity: true, min: -1e38, max: 1e38 });
    fc.assert(
      fc.property(numbers, fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
        const sorted = values.toSorted();
        const result = quantile(sorted, share);
        expect(result >= sorted[0] && result <= sorted[sorted.length - 1]).toBe(true);
      }),
    );
  });

  it("refuses no numbers", () => {
    expect(() => quantile(new Float64Array(0), 0.5)).toThrow(RangeError);
  });
});
