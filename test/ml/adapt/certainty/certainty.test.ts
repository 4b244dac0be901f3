import { describe, expect, it } from "vitest";
import { expectedAccuracy } from "../../../../packages/ml/src/adapt/certainty/expected-accuracy.ts";
import { matchConfidence, meanConfidence } from "../../../../packages/ml/src/adapt/certainty/match-confidence.ts";
import { recallAsDiagnosed } from "../../../../packages/ml/src/adapt/certainty/recall-as-diagnosed.ts";
import { verdictOf } from "../../../../packages/ml/src/adapt/certainty/statement.ts";
import { structureLikeness } from "../../../../packages/ml/src/adapt/certainty/structure-likeness.ts";
import { createCalibrator } from "../../../../packages/ml/src/honesty/calibrator.ts";

describe("how sure an adaptation is", () => {
  it("is the mean of three witnesses, the more doubtful the further from all and the fewer the rows", () => {
    const witnesses = { told: 0.9, repeated: 0.7, returned: 0.5 };
    const many = expectedAccuracy(witnesses, 2_000, 0, 0);
    const few = expectedAccuracy(witnesses, 60, 0, 0);
    const clear = expectedAccuracy({ told: 0.98, repeated: 0.96, returned: 0.94 }, 2_000, 0, 0);
    expect(many.value).toBeCloseTo(0.7);
    expect(few.value).toBeCloseTo(0.7);
    expect(many.low).toBeLessThan(0.55);
    expect(many.high).toBeGreaterThan(0.85);
    expect(few.high - few.low).toBeGreaterThan(many.high - many.low);
    expect(clear.high - clear.low).toBeLessThan((many.high - many.low) / 2);
  });

  it("never claims all or nothing", () => {
    expect(expectedAccuracy({ told: 1, repeated: 1, returned: 1 }, 500, 0, 0).low).toBeLessThan(0.96);
    expect(expectedAccuracy({ told: 0, repeated: 0, returned: 0 }, 500, 0, 0).high).toBeGreaterThan(0.04);
  });

  it("learns from labelled rows, the more the surer", () => {
    const witnesses = { told: 0.9, repeated: 0.9, returned: 0.9 };
    const before = expectedAccuracy(witnesses, 500, 0, 0);
    const few = expectedAccuracy(witnesses, 500, 15, 15);
    const many = expectedAccuracy(witnesses, 2_000, 500, 500);
    expect(few.value).toBeLessThan(before.value);
    expect(many.value).toBeCloseTo(0.5, 1);
    expect(many.high - many.low).toBeLessThan(few.high - few.low);
  });

  it("counts recall of each class as often as it was diagnosed", () => {
    const labels = Int32Array.of(0, 0, 1, 1, 2, 2);
    const answers = Int32Array.of(0, 0, 1, 0, 0, 0);
    expect(recallAsDiagnosed(answers, labels, Int32Array.of(0, 0, 0, 1), 4)).toBeCloseTo((3 + 0.5) / 4);
    expect(recallAsDiagnosed(answers, labels, Int32Array.of(2, 3), 4)).toBe(0);
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
