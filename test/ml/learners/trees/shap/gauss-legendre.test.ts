import { expect, it } from "vitest";
import { gaussLegendre } from "../../../../../packages/ml/src/learners/trees/shap/gauss-legendre.ts";

it("integrates the powers of t from 0 to 1 exactly, up to twice the points", () => {
  for (const count of [1, 2, 5, 16, 40]) {
    const { points, weights } = gaussLegendre(count);
    for (let power = 0; power < 2 * count; power++) {
      const integral = points.reduce((sum, point, index) => sum + weights[index] * point ** power, 0);
      expect(integral).toBeCloseTo(1 / (power + 1), 12);
    }
    expect(points.every((point) => point > 0 && point < 1)).toBe(true);
  }
});
