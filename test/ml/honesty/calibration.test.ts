import { describe, expect, it } from "vitest";
import { brierScore } from "../../../packages/ml/src/honesty/brier-score.ts";
import { createCalibrator } from "../../../packages/ml/src/honesty/calibrator.ts";
import {
  CalibrationSums,
  expectedCalibrationError,
} from "../../../packages/ml/src/honesty/expected-calibration-error.ts";
import { fitTemperature } from "../../../packages/ml/src/honesty/fit-temperature.ts";
import { mostProbable } from "../../../packages/ml/src/metrics/most-probable.ts";
import { encodeModel } from "../../../packages/ml/src/onnx/encode-model.ts";
import { GraphBuilder } from "../../../packages/ml/src/onnx/graph-builder.ts";
import { onnxRuntime, openSession } from "../../../packages/ml/src/onnx/runtime.ts";
import { createRandom } from "../../../packages/ml/src/random/random.ts";
import { normal } from "../fixtures/synthetic-table.ts";

const classCount = 4;

/** Rows whose class is drawn from softmax(scores), and what a learner says that is too sure by `sharpness`. */
function drawRows(rowCount: number, sharpness: number, seed: number) {
  const random = createRandom(seed);
  const labels = new Int32Array(rowCount);
  const probabilities = new Float32Array(rowCount * classCount);
  for (let row = 0; row < rowCount; row++) {
    const scores = Array.from({ length: classCount }, () => 2 * normal(random));
    const truth = softmax(scores);
    let left = random.uniform();
    while (labels[row] < classCount - 1 && left > truth[labels[row]]) left -= truth[labels[row]++];
    probabilities.set(softmax(scores.map((score) => sharpness * score)), row * classCount);
  }
  return { labels, probabilities };
}

function softmax(scores: readonly number[]): number[] {
  const largest = Math.max(...scores);
  const raised = scores.map((score) => Math.exp(score - largest));
  const sum = raised.reduce((total, value) => total + value, 0);
  return raised.map((value) => value / sum);
}

describe("expected calibration error", () => {
  it("is the mean gap of confidence and accuracy over the bins", () => {
    // Two rows at 0.9, of which one is right; two at 0.6, both right.
    const probabilities = Float32Array.of(0.9, 0.1, 0.9, 0.1, 0.6, 0.4, 0.4, 0.6);
    const error = expectedCalibrationError(probabilities, Int32Array.of(0, 1, 0, 1), 2);
    expect(error).toBeCloseTo(0.5 * 0.4 + 0.5 * 0.4, 6);
  });

  it("is none for one who is sure and right, and 1 for one who is sure and wrong", () => {
    expect(expectedCalibrationError(Float32Array.of(1, 0), Int32Array.of(0), 2)).toBe(0);
    expect(expectedCalibrationError(Float32Array.of(1, 0), Int32Array.of(1), 2)).toBe(1);
    expect(expectedCalibrationError(new Float32Array(0), new Int32Array(0), 2)).toBe(0);
  });

  it("is the same from merged parts", () => {
    const { labels, probabilities } = drawRows(500, 1.5, 1);
    const parts = [new CalibrationSums(), new CalibrationSums()];
    const classes = mostProbable(probabilities, classCount);
    for (const [row, diagnosis] of classes.entries()) {
      parts[row % 2].add(probabilities[row * classCount + diagnosis], diagnosis === labels[row]);
    }
    parts[1].merge(JSON.parse(JSON.stringify(parts[0])));
    expect(parts[1].error()).toBeCloseTo(expectedCalibrationError(probabilities, labels, classCount), 10);
  });
});

it("the Brier score is the squared distance from the actual class", () => {
  expect(brierScore(Float32Array.of(0.7, 0.2, 0.1), Int32Array.of(0), 3)).toBeCloseTo(0.09 + 0.04 + 0.01, 6);
  expect(brierScore(Float32Array.of(0, 1, 1, 0), Int32Array.of(0, 0), 2)).toBe(1);
});

describe("temperature scaling", () => {
  it.each([0.5, 1, 3])("finds how much too sure a learner is: %d times", (sharpness) => {
    const { labels, probabilities } = drawRows(4_000, sharpness, 7);
    const temperature = fitTemperature(probabilities, labels, classCount);
    expect(temperature / sharpness).toBeGreaterThan(0.9);
    expect(temperature / sharpness).toBeLessThan(1.1);
  });

  it("brings the error of rows that it never saw below 0.03 and leaves every diagnosis", () => {
    const fitted = drawRows(2_000, 3, 8);
    const held = drawRows(4_000, 3, 9);
    const temperature = fitTemperature(fitted.probabilities, fitted.labels, classCount);
    const calibrated = createCalibrator(temperature, classCount).apply(held.probabilities);
    expect(expectedCalibrationError(held.probabilities, held.labels, classCount)).toBeGreaterThan(0.1);
    expect(expectedCalibrationError(calibrated, held.labels, classCount)).toBeLessThan(0.03);
    expect(brierScore(calibrated, held.labels, classCount)).toBeLessThan(
      brierScore(held.probabilities, held.labels, classCount),
    );
    expect(mostProbable(calibrated, classCount)).toEqual(mostProbable(held.probabilities, classCount));
  });

  it("is not sure of itself for three rows that are all right, and is 1 for none", () => {
    const right = Float32Array.of(0.9, 0.1, 0.1, 0.9, 0.9, 0.1);
    expect(fitTemperature(right, Int32Array.of(0, 1, 0), 2)).toBeGreaterThan(0.5);
    expect(fitTemperature(new Float32Array(0), new Int32Array(0), 2)).toBe(1);
  });

  it("takes certainty for an answer", () => {
    const certain = Float32Array.of(1, 0, 0, 1);
    const temperature = fitTemperature(certain, Int32Array.of(0, 0), 2);
    expect(Number.isFinite(temperature)).toBe(true);
    const calibrated = createCalibrator(temperature, 2).apply(certain);
    expect(calibrated.every((probability) => probability > 0 && probability < 1)).toBe(true);
  });

  it.each([0.3, 1, 2.7])("at %d gives the same in the ONNX graph", async (temperature) => {
    const { probabilities } = drawRows(300, 4, 10);
    probabilities.set([1, 0, 0, 0, 0, 0.5, 0.5, 0]);
    const calibrator = createCalibrator(temperature, classCount);
    const graph = new GraphBuilder("calibration");
    const input = graph.addInput("raw", "float32", ["N", classCount]);
    graph.addOutput("calibrated", calibrator.addTo(graph, input), "float32", ["N", classCount]);
    const session = await openSession(encodeModel(graph, { producer: "test", producerVersion: "1" }), 1);
    const { Tensor } = onnxRuntime();
    const found = await session.run({ raw: new Tensor("float32", probabilities, [300, classCount]) });
    await session.release();
    const expected = calibrator.apply(probabilities);
    const given = Object.values(found)[0].data as Float32Array;
    expect(Math.max(...given.map((value, cell) => Math.abs(value - expected[cell])))).toBeLessThan(1e-6);
  });
});
