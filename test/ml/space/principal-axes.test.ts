import { createRandom } from "@systemhealer/ml/random/random";
import { fitPrincipalAxes, projectRows } from "@systemhealer/ml/space/principal-axes";
import { describe, expect, it } from "vitest";

describe("fitPrincipalAxes", () => {
  it("finds the line that the rows lie along", async () => {
    const random = createRandom(2);
    const values = Float32Array.from({ length: 400 }, () => 0);
    for (let row = 0; row < 200; row++) {
      const along = 10 * random.uniform();
      const across = 0.1 * random.uniform();
      values[2 * row] = 0.6 * along - 0.8 * across;
      values[2 * row + 1] = 0.8 * along + 0.6 * across;
    }
    const axes = await fitPrincipalAxes(values, 200, 2, 2);
    expect(axes.axes[0]).toBeCloseTo(0.6, 2);
    expect(axes.axes[1]).toBeCloseTo(0.8, 2);
    expect(axes.shares[0]).toBeGreaterThan(0.99);
    expect(axes.shares[0] + axes.shares[1]).toBeCloseTo(1, 10);
  });

  it("keeps all distances where all axes are kept", async () => {
    const values = Float32Array.from({ length: 50 * 4 }, (_, cell) => Math.sin(cell * cell));
    const axes = await fitPrincipalAxes(values, 50, 4, 4);
    const projected = projectRows(axes, values, 50);
    for (let row = 1; row < 50; row++) {
      const before = Math.hypot(...[0, 1, 2, 3].map((k) => values[4 * row + k] - values[k]));
      const after = Math.hypot(...[0, 1, 2, 3].map((k) => projected[4 * row + k] - projected[k]));
      expect(after).toBeCloseTo(before, 5);
    }
  });

  it("has no axis for rows without numbers", async () => {
    expect((await fitPrincipalAxes(new Float32Array(0), 3, 0, 12)).count).toBe(0);
  });
});
