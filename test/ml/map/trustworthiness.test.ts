import { describe, expect, it } from "vitest";
import { trustworthiness } from "./trustworthiness.ts";

const values = Float32Array.from({ length: 40 * 3 }, (_, cell) => Math.fround(Math.sin(1.7 * cell) * (1 + (cell % 5))));

describe("trustworthiness", () => {
  it("is what sklearn.manifold.trustworthiness says of the first two columns", () => {
    const places = Float32Array.from({ length: 80 }, (_, cell) => values[3 * (cell >> 1) + (cell & 1)]);
    expect(trustworthiness(values, 3, places, 5)).toBeCloseTo(0.96109375, 12);
  });

  it("is 1 where the map keeps every distance", () => {
    const places = Float32Array.from({ length: 80 }, (_, cell) => Math.fround(Math.sin(cell)));
    expect(trustworthiness(places, 2, places, 10)).toBe(1);
  });
});
