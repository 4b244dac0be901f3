import type { Tensor } from "onnxruntime-node";
import { beforeAll, describe, expect, it } from "vitest";
import { forward } from "../../../../packages/ml/src/learners/mlp/forward.ts";
import {
  initialParameters,
  type Layer,
  layOut,
  parameterCount,
} from "../../../../packages/ml/src/learners/mlp/layers.ts";
import { trainingGraph } from "../../../../packages/ml/src/learners/mlp/training-graph.ts";
import { onnxRuntime, openSession } from "../../../../packages/ml/src/onnx/runtime.ts";
import { createRandom } from "../../../../packages/ml/src/random/random.ts";
import { normal } from "../../fixtures/synthetic-table.ts";

const rowCount = 12;
const layers = layOut([4, 6, 5, 3]);
const size = parameterCount(layers);
const random = createRandom(2);
const values = Float32Array.from({ length: rowCount * 4 }, () => normal(random));
const labels = Int32Array.from({ length: rowCount }, () => random.below(3));
const weights = Float32Array.from({ length: rowCount }, () => 0.2 + 2 * random.uniform());
const initial = initialParameters(layers, random).map((value) => value + 0.1 * normal(random));

interface StepOptions {
  readonly dropout?: number;
  readonly weightDecay?: number;
  readonly learningRate?: number;
  readonly boundaries?: readonly number[];
  readonly threads?: number;
}

/** Training steps from a fresh state. */
async function steps(parameters: Float32Array, options: StepOptions = {}) {
  const { dropout = 0, weightDecay = 0, learningRate = 0.01, boundaries = [0, rowCount], threads = 1 } = options;
  const model = trainingGraph(layers, { dropout, weightDecay, dropoutSeeds: [11, 12] });
  const session = await openSession(model, threads);
  const { Tensor } = onnxRuntime();
  const float = (data: Float32Array, ...dims: number[]) => new Tensor("float32", data, dims);
  const scalar = (value: number) => float(Float32Array.of(value));
  const whole = (value: number) => new Tensor("int64", BigInt64Array.of(BigInt(value)), []);
  try {
    const next = await session.run({
      values: float(values, rowCount, 4),
      labels: new Tensor("int32", labels, [rowCount]),
      weights: float(weights, rowCount),
      order: new Tensor(
        "int32",
        Int32Array.from({ length: rowCount }, (_, row) => row),
        [rowCount],
      ),
      boundaries: new Tensor("int64", BigInt64Array.from(boundaries, BigInt), [boundaries.length]),
      firstBatch: whole(0),
      batchCount: whole(boundaries.length - 1),
      learningRate: scalar(learningRate),
      parameters: float(parameters, size),
      mean: float(new Float32Array(size), size),
      variance: float(new Float32Array(size), size),
      power1: scalar(1),
      power2: scalar(1),
      loss: scalar(0),
      weight: scalar(0),
    });
    return Object.fromEntries(Object.entries(next).map(([name, tensor]) => [name, (tensor as Tensor).data])) as Record<
      string,
      Float32Array
    >;
  } finally {
    await session.release();
  }
}

/** Weighted mean cross-entropy by the plain forward pass. */
function loss(parameters: Float32Array, at: readonly Layer[] = layers): number {
  const probabilities = forward(at, parameters, values, rowCount);
  let total = 0;
  let weight = 0;
  for (let row = 0; row < rowCount; row++) {
    total -= weights[row] * Math.log(probabilities[row * 3 + labels[row]]);
    weight += weights[row];
  }
  return total / weight;
}

/** Central differences; of the two step widths the one that the kink of a rectifier disturbs less. */
function numericGradient(at: (parameters: Float32Array) => number, index: number, width: number): number {
  const moved = (by: number) => {
    const copy = initial.slice();
    copy[index] += by;
    return at(copy);
  };
  return (moved(width) - moved(-width)) / (2 * width);
}

describe("one training step", () => {
  let gradient: Float32Array;
  let first: Record<string, Float32Array>;

  beforeAll(async () => {
    first = await steps(initial);
    gradient = first["next.mean"].map((value) => value / 0.1);
  });

  it("computes the loss of the plain forward pass", () => {
    expect(first["next.loss"][0] / first["next.weight"][0]).toBeCloseTo(loss(initial), 5);
  });

  it("computes the gradient that finite differences show", () => {
    for (let index = 0; index < size; index++) {
      const numeric = numericGradient(loss, index, 1e-3);
      expect(Math.abs(gradient[index] - numeric), `parameter ${index}`).toBeLessThan(2e-4 + 2e-3 * Math.abs(numeric));
    }
  });

  it("moves the parameters as AdamW does", async () => {
    const learningRate = 0.01;
    const weightDecay = 0.5;
    const moved = (await steps(initial, { weightDecay, learningRate }))["next.parameters"];
    for (let index = 0; index < size; index++) {
      const direction = gradient[index] / (Math.abs(gradient[index]) + 1e-8);
      const expected = initial[index] * (1 - learningRate * weightDecay) - learningRate * direction;
      expect(moved[index]).toBeCloseTo(expected, 5);
    }
  });

  it("has the same gradient as finite differences with dropout, the masks being the same each time", async () => {
    const withDropout = await steps(initial, { dropout: 0.4 });
    const averaged = withDropout["next.mean"].map((value) => value / 0.1);
    expect(averaged).not.toEqual(gradient);
    const dropoutLoss = async (parameters: Float32Array) => {
      const result = await steps(parameters, { dropout: 0.4 });
      return result["next.loss"][0] / result["next.weight"][0];
    };
    for (let index = 0; index < size; index += 3) {
      const width = 2e-3;
      const up = initial.slice();
      const down = initial.slice();
      up[index] += width;
      down[index] -= width;
      const numeric = ((await dropoutLoss(up)) - (await dropoutLoss(down))) / (2 * width);
      expect(Math.abs(averaged[index] - numeric), `parameter ${index}`).toBeLessThan(1e-3 + 5e-3 * Math.abs(numeric));
    }
  });
});

describe("a run of several training steps", () => {
  it("counts every row, the last batch's too", async () => {
    const result = await steps(initial, { boundaries: [0, 5, 11, rowCount] });
    expect(result["next.weight"][0]).toBeCloseTo(
      weights.reduce((total, weight) => total + weight, 0),
      4,
    );
  });

  it("repeats itself to the bit, with one thread or two", async () => {
    const options = { dropout: 0.3, boundaries: [0, 5, 11, rowCount] };
    const once = await steps(initial, options);
    expect(await steps(initial, options)).toEqual(once);
    expect(await steps(initial, { ...options, threads: 2 })).toEqual(once);
  });
});
