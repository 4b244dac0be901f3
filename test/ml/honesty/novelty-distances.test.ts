import { describe, expect, it } from "vitest";
import { fitNoveltyDistances } from "../../../packages/ml/src/honesty/fit-novelty-distances.ts";
import {
  addNoveltyDistance,
  fillGaps,
  type NoveltyDistances,
  noveltyDistance,
} from "../../../packages/ml/src/honesty/novelty-distances.ts";
import { fitWhitening, precisionOf } from "../../../packages/ml/src/honesty/whitening.ts";
import { encodeModel } from "../../../packages/ml/src/onnx/encode-model.ts";
import { GraphBuilder } from "../../../packages/ml/src/onnx/graph-builder.ts";
import { onnxRuntime, openSession } from "../../../packages/ml/src/onnx/runtime.ts";
import { createRandom } from "../../../packages/ml/src/random/random.ts";
import { normal } from "../fixtures/synthetic-table.ts";

const nan = Number.NaN;

it("a precision is the inverse of its covariance", () => {
  const precision = precisionOf(fitWhitening(Float64Array.of(4, 2, 2, 5), 2), 2);
  expect([...precision].map((value) => value * 16)).toEqual([5, -2, -2, 4].map((value) => expect.closeTo(value, 12)));
});

describe("a row with gaps", () => {
  // Three KPIs, of which the first two go together.
  const covariance = Float64Array.of(2, 1.2, 0.3, 1.2, 1, 0.1, 0.3, 0.1, 3);
  const precision = precisionOf(fitWhitening(covariance, 3), 3);
  const distances: NoveltyDistances = { means: [new Float64Array(3)], precisions: [precision], logDeterminants: [0] };

  it("is as far as its other numbers are by themselves, and 1 for each gap", () => {
    const squared = (row: Float32Array) => Math.expm1(noveltyDistance(distances, row));
    // By the covariance of the last two: (3·1.5² − 2·0.1·1.5·2 + 2²) / (3 − 0.01).
    expect(squared(Float32Array.of(nan, 1.5, 2))).toBeCloseTo((3 * 2.25 - 0.6 + 4) / 2.99 + 1, 9);
    expect(squared(Float32Array.of(1, nan, nan))).toBeCloseTo(1 / 2 + 2, 9);
    expect(squared(Float32Array.of(nan, nan, nan))).toBeCloseTo(3, 9);
  });

  it("is filled with what is likeliest by its other numbers", () => {
    const difference = Float64Array.of(0, 1.5, 0);
    fillGaps(precision, difference, [0, 2]);
    expect(difference[0]).toBeCloseTo(1.2 * 1.5, 9);
    expect(difference[2]).toBeCloseTo(0.1 * 1.5, 9);
  });
});

it("gaps in the rows that are learned from hide little of what goes together", async () => {
  const random = createRandom(3);
  const values = new Float32Array(2 * 2_000);
  for (let row = 0; row < 2_000; row++) {
    const common = normal(random);
    values[row * 2] = random.uniform() < 0.3 ? nan : common + 0.3 * normal(random);
    values[row * 2 + 1] = common + 0.3 * normal(random);
  }
  const { precisions } = await fitNoveltyDistances(values, new Int32Array(2_000), 1, Float64Array.of(1, 1));
  const [own, cross] = precisions[0];
  // 1 / 1.09 without gaps; with medians in their place it would be 0.64.
  expect(-cross / own).toBeGreaterThan(0.75);
  expect(-cross / own).toBeLessThan(0.96);
});

it("the graph tells the same distance, whatever is missing", async () => {
  const size = 24;
  const random = createRandom(5);
  const labels = Int32Array.from({ length: 240 }, (_, row) => row % 4);
  const values = Float32Array.from({ length: 240 * size }, (_, cell) => {
    const row = Math.floor(cell / size);
    const value = normal(random) + (cell % 4 === labels[row] ? 1 : 0);
    return random.uniform() < (row % 9) / 8 ? nan : value;
  });
  const importance = Float64Array.from({ length: size }, (_, column) => column + 1);
  const distances = await fitNoveltyDistances(values, labels, 4, importance);
  const graph = new GraphBuilder("distance");
  const input = graph.addInput("values", "float32", ["N", size]);
  const gaps = graph.addNode("IsNaN", [input]);
  const filled = graph.addNode("Where", [gaps, graph.addScalar("float32", 7), input]);
  graph.addOutput("distance", addNoveltyDistance(graph, filled, gaps, distances), "float32", ["N", 1]);
  const session = await openSession(encodeModel(graph, { producer: "test", producerVersion: "1" }), 1);
  const { Tensor } = onnxRuntime();
  const found = await session.run({ values: new Tensor("float32", values, [240, size]) });
  await session.release();
  const given = Object.values(found)[0].data as Float32Array;
  const expected = Array.from({ length: 240 }, (_, row) =>
    noveltyDistance(distances, values.subarray(row * size, (row + 1) * size)),
  );
  expect(Math.max(...expected.map((value, row) => Math.abs(given[row] - value)))).toBeLessThan(1e-5);
});
