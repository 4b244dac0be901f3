import { describe, expect, it } from "vitest";
import { linear } from "../../../../packages/ml/src/learners/linear/linear.ts";
import { accuracy } from "../../../../packages/ml/src/metrics/accuracy.ts";
import { confusionMatrix } from "../../../../packages/ml/src/metrics/confusion-matrix.ts";
import { mostProbable } from "../../../../packages/ml/src/metrics/most-probable.ts";
import { blobs, largestDifference, throughGraph } from "../../fixtures/learner-samples.ts";

const settings = { learner: "linear", l2: 1, iterations: 200 } as const;
const options = { seed: 0, threads: 1 };

describe("logistic regression", () => {
  const training = blobs({ rowCount: 300, columnCount: 5, classCount: 3 });
  const validation = blobs({ rowCount: 90, columnCount: 5, classCount: 3, seed: 2 });

  it("parts what lines part, and its ONNX form answers the same", async () => {
    const fitted = await linear.fit(training, validation, settings, options);
    const probabilities = fitted.predict(validation.values, 90);
    expect(accuracy(confusionMatrix(validation.labels, mostProbable(probabilities, 3), 3))).toBeGreaterThan(0.95);
    expect(largestDifference(probabilities, await throughGraph(fitted, validation))).toBeLessThan(1e-5);
    expect(fitted.bestEpoch).toBe(fitted.curve.length);
  });

  it("finds the weights at which the penalised gradient is 0", async () => {
    const values = Float32Array.of(-2, -1, 0, 1, 2, 3);
    const labels = Int32Array.of(0, 0, 1, 0, 1, 1);
    const samples = {
      rowCount: 6,
      columnCount: 1,
      classCount: 2,
      values,
      labels,
      weights: new Float32Array(6).fill(1),
    };
    const fitted = await linear.fit(samples, samples, settings, options);
    const at = (value: number) => fitted.predict(Float32Array.of(value), 1)[1];
    const score = (value: number) => Math.log(at(value) / (1 - at(value)));
    const slope = score(1) - score(0);
    let pull = 0;
    for (let row = 0; row < 6; row++) pull += (labels[row] - at(values[row])) * values[row];
    expect(pull).toBeCloseTo(slope / 2, 3);
  });

  it("gives smaller weights under a stronger penalty", async () => {
    const sure = async (l2: number) =>
      Math.max(
        ...(await linear.fit(training, validation, { ...settings, l2 }, options)).predict(validation.values, 90),
      );
    expect(await sure(1e4)).toBeLessThan(await sure(1));
  });

  it("ends when it is told to", async () => {
    const reason = new Error("enough");
    const fitting = linear.fit(training, validation, settings, { ...options, signal: AbortSignal.abort(reason) });
    await expect(fitting).rejects.toBe(reason);
  });
});
