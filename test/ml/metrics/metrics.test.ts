import { describe, expect, it } from "vitest";
import { accuracy } from "../../../packages/ml/src/metrics/accuracy.ts";
import { classScores } from "../../../packages/ml/src/metrics/class-scores.ts";
import { confusionMatrix } from "../../../packages/ml/src/metrics/confusion-matrix.ts";
import { evaluatePredictions } from "../../../packages/ml/src/metrics/evaluate-predictions.ts";
import { logLoss } from "../../../packages/ml/src/metrics/log-loss.ts";
import { macroF1 } from "../../../packages/ml/src/metrics/macro-f1.ts";
import { mostProbable } from "../../../packages/ml/src/metrics/most-probable.ts";

const actual = Int32Array.of(0, 1, 2, 0, 1, 2);
const predicted = Int32Array.of(0, 2, 1, 0, 0, 1);

describe("metrics of predicted classes", () => {
  it("count rows by actual and predicted class", () => {
    expect(confusionMatrix(actual, predicted, 3)).toEqual([
      [2, 0, 0],
      [1, 0, 1],
      [0, 2, 0],
    ]);
  });

  it("give scikit-learn's figures for its own documented example", () => {
    const confusion = confusionMatrix(actual, predicted, 3);
    expect(macroF1(confusion)).toBeCloseTo(0.26666666666666666, 12);
    expect(accuracy(confusion)).toBeCloseTo(2 / 6, 12);
    const [first] = classScores(confusion);
    expect(first.precision).toBeCloseTo(2 / 3, 12);
    expect(first).toMatchObject({ recall: 1, support: 2 });
    expect(first.f1).toBeCloseTo(0.8, 12);
  });

  it("take a division by nothing as 0", () => {
    const scores = classScores(confusionMatrix(Int32Array.of(0, 1), Int32Array.of(0, 0), 3));
    expect(scores[1]).toEqual({ precision: 0, recall: 0, f1: 0, support: 1 });
    expect(scores[2]).toEqual({ precision: 0, recall: 0, f1: 0, support: 0 });
  });

  it("leave a class out of macro-F1 that neither occurs nor is predicted, and count one that is only predicted", () => {
    expect(macroF1(confusionMatrix(Int32Array.of(0, 1), Int32Array.of(0, 1), 5))).toBe(1);
    expect(macroF1(confusionMatrix(Int32Array.of(0, 0), Int32Array.of(0, 1), 2))).toBeCloseTo(1 / 3, 12);
  });

  it("stay numbers where there is no row", () => {
    const none = confusionMatrix(new Int32Array(0), new Int32Array(0), 2);
    expect([accuracy(none), macroF1(none), logLoss(new Float32Array(0), new Int32Array(0), 2)]).toEqual([0, 0, 0]);
  });

  it("come together in one evaluation", () => {
    const evaluation = evaluatePredictions(actual, predicted, ["a", "b", "c"]);
    expect(evaluation.rows).toBe(6);
    expect(evaluation.perClass.map(({ name, support }) => [name, support])).toEqual([
      ["a", 2],
      ["b", 2],
      ["c", 2],
    ]);
  });

  it("refuse classes that differ in number", () => {
    expect(() => confusionMatrix(Int32Array.of(0), new Int32Array(0), 2)).toThrow(RangeError);
  });
});

describe("metrics of probabilities", () => {
  it("choose the most probable class, the first among equals", () => {
    expect(mostProbable(Float32Array.of(0.2, 0.8, 0.5, 0.5, 0.9, 0.1), 2)).toEqual(Int32Array.of(1, 0, 0));
  });

  it("give the mean log loss", () => {
    const probabilities = Float32Array.of(0.5, 0.5, 0.25, 0.75);
    expect(logLoss(probabilities, Int32Array.of(0, 1), 2)).toBeCloseTo(-(Math.log(0.5) + Math.log(0.75)) / 2, 6);
  });

  it("hold the loss of a sure mistake finite, and let a broken probability show", () => {
    expect(logLoss(Float32Array.of(0, 1), Int32Array.of(0), 2)).toBeCloseTo(23 * Math.log(2), 6);
    expect(logLoss(Float32Array.of(Number.NaN, 1), Int32Array.of(0), 2)).toBeNaN();
  });
});
