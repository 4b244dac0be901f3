import { describe, expect, it } from "vitest";
import { classWeights } from "../../../packages/ml/src/pipeline/class-weights.ts";

describe("class weights", () => {
  const labels = Int32Array.of(0, 0, 0, 2);

  it("make every class that occurs weigh the same, with a mean of 1", () => {
    const weights = classWeights(labels, 3, "balanced");
    expect(weights[0] * 3).toBeCloseTo(weights[3], 6);
    expect(weights.reduce((total, weight) => total + weight, 0)).toBeCloseTo(4, 6);
  });

  it("are 1 where none are asked for", () => {
    expect(classWeights(labels, 3, "none")).toEqual(Float32Array.of(1, 1, 1, 1));
    expect(classWeights(labels, 3, "auto")).toEqual(Float32Array.of(1, 1, 1, 1));
  });
});
