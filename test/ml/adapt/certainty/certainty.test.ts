import { describe, expect, it } from "vitest";
import { expectedAccuracy } from "../../../../packages/ml/src/adapt/certainty/expected-accuracy.ts";
import { matchConfidence, meanConfidence } from "../../../../packages/ml/src/adapt/certainty/match-confidence.ts";
import { verdictOf } from "../../../../packages/ml/src/adapt/certainty/statement.ts";
import { structureLikeness } from "../../../../packages/ml/src/adapt/certainty/structure-likeness.ts";
import { createCalibrator } from "../../../../packages/ml/src/honesty/calibrator.ts";

describe("how sure an adaptation is", () => {
  it("puts half of a round trip's errors on the way there, within the bounds of all and none", () => {
    const { value, low, high } = expectedAccuracy(0.8, 0, 0);
    expect(value).toBeCloseTo(0.9);
    expect(low).toBeGreaterThan(0.75);
    expect(low).toBeLessThan(0.85);
    expect(high).toBeGreaterThan(0.97);
  });

  it("learns from labelled rows, the more the surer", () => {
    const before = expectedAccuracy(0.8, 0, 0);
    const few = expectedAccuracy(0.8, 15, 15);
    const many = expectedAccuracy(0.8, 500, 500);
    expect(few.value).toBeLessThan(before.value);
    expect(many.value).toBeCloseTo(0.5, 1);
    expect(many.high - many.low).toBeLessThan(few.high - few.low);
  });

  it("has confidences that mean what is expected", () => {
    const probabilities = Float32Array.of(0.7, 0.3, 0.6, 0.4, 0.1, 0.9, 0.55, 0.45);
    for (const wanted of [0.6, 0.85]) {
      const temperature = matchConfidence(probabilities, 2, wanted);
      expect(meanConfidence(createCalibrator(temperature, 2).apply(probabilities), 2)).toBeCloseTo(wanted, 3);
    }
  });

  it("is doubtful where the rows are unstable, or the KPIs no longer go together", () => {
    const expected = { value: 0.95, low: 0.9, high: 0.98 };
    expect(verdictOf(expected, 0.1, 0.8)).toBe("reliable");
    expect(verdictOf(expected, 0.6, 0.8)).toBe("doubtful");
    expect(verdictOf(expected, 0.1, 0.1)).toBe("doubtful");
    expect(verdictOf({ value: 0.75, low: 0.6, high: 0.9 }, 0.1, 0.8)).toBe("usable");
    expect(verdictOf({ value: 0.6, low: 0.4, high: 0.8 }, 0.1, 0.8)).toBe("doubtful");
  });

  it("finds KPIs alike that go together in the same way", () => {
    const one = Float64Array.of(1, 0.5, -0.2, 0.5, 1, 0.1, -0.2, 0.1, 1);
    expect(structureLikeness(one, one, 3)).toBeCloseTo(1);
    expect(
      structureLikeness(
        one,
        one.map((value) => -value),
        3,
      ),
    ).toBeCloseTo(-1);
    expect(structureLikeness(one, Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1), 3)).toBe(0);
  });
});
