import type { Tensor } from "onnxruntime-node";
import { beforeAll, describe, expect, it } from "vitest";
import { adamSchedule } from "../../../../packages/ml/src/learners/mlp/adam-schedule.ts";
import { fitEncoding } from "../../../../packages/ml/src/learners/mlp/encoding.ts";
import { forward } from "../../../../packages/ml/src/learners/mlp/forward.ts";
import { initialParameters, layOut } from "../../../../packages/ml/src/learners/mlp/layers.ts";
import { trainingGraph } from "../../../../packages/ml/src/learners/mlp/training-graph.ts";
import { onnxRuntime, openSession } from "../../../../packages/ml/src/onnx/runtime.ts";
import { createRandom } from "../../../../packages/ml/src/random/random.ts";
import { normal } from "../../fixtures/synthetic-table.ts";

const rowCount = 12;
const random = createRandom(2);
const values = Float32Array.from({ length: rowCount * 4 }, () => normal(random));
const labels = Int32Array.from({ length: rowCount }, () => random.below(3));
const weights = Float32Array.from({ length: rowCount }, () => 0.2 + 2 * random.uniform());

/** A network with parameters some way from their start. */
function example(members: number, bins: number) {
  const encoding = fitEncoding({ values, rowCount, columnCount: 4 }, bins);
  const network = layOut([encoding.outputColumns, 6, 5, 3], members);
  const initial = initialParameters(network, random).map((value) => value + 0.1 * normal(random));
  return { encoding, network, initial };
}

type Example = ReturnType<typeof example>;

interface StepOptions {
  readonly dropout?: number;
  readonly labelSmoothing?: number;
  readonly weightDecay?: number;
  readonly learningRate?: number;
  readonly boundaries?: readonly number[];
  readonly batchSize?: number;
  readonly threads?: number;
}

/** Training steps from a fresh state. */
async function steps({ network, encoding }: Example, parameters: Float32Array, options: StepOptions = {}) {
  const size = network.parameterCount;
  const {
    dropout = 0,
    labelSmoothing = 0,
    weightDecay = 0,
    learningRate = 0.01,
    boundaries = [0, rowCount],
    batchSize = rowCount,
    threads = 1,
  } = options;
  const rates = new Float32Array(boundaries.length - 1).fill(learningRate);
  const { stepSizes, floors } = adamSchedule(rates, 0);
  const model = trainingGraph(network, encoding, {
    ...{ batchSize, dropout, labelSmoothing, weightDecay },
    dropoutSeeds: [11, 12],
  });
  const session = await openSession(model, threads);
  const { Tensor } = onnxRuntime();
  const float = (data: Float32Array, ...dims: number[]) => new Tensor("float32", data, dims);
  const scalar = (value: number) => float(Float32Array.of(value));
  const whole = (numbers: readonly number[], ...dims: number[]) =>
    new Tensor("int64", BigInt64Array.from(numbers, BigInt), dims);
  try {
    const next = await session.run({
      values: float(values, rowCount, 4),
      labels: new Tensor("int32", labels, [rowCount]),
      weights: float(weights, rowCount, 1),
      order: new Tensor(
        "int32",
        Int32Array.from({ length: rowCount }, (_, row) => row),
        [rowCount],
      ),
      starts: whole(boundaries.slice(0, -1), rates.length),
      ends: whole(boundaries.slice(1), rates.length),
      firstBatch: whole([0], 1),
      batchCount: whole([rates.length]),
      learningRates: float(rates, rates.length),
      steps: float(
        stepSizes.map((size) => -size),
        rates.length,
        1,
      ),
      floors: float(floors, rates.length),
      parameters: float(parameters, 1, size),
      gradients: float(new Float32Array(size), 1, size),
      squares: float(new Float32Array(size), 1, size),
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

/** Weighted mean cross-entropy of a single network, by the plain forward pass. */
function loss({ network, encoding }: Example, parameters: Float32Array, labelSmoothing = 0): number {
  const probabilities = forward(network, encoding, parameters, values, rowCount);
  let total = 0;
  let weight = 0;
  for (let row = 0; row < rowCount; row++) {
    for (let index = 0; index < 3; index++) {
      const target = labelSmoothing / 3 + (labels[row] === index ? 1 - labelSmoothing : 0);
      total -= weights[row] * target * Math.log(probabilities[row * 3 + index]);
    }
    weight += weights[row];
  }
  return total / weight;
}

/** The mean over the members of what each would lose as a network of its own. */
function memberLoss(of: Example, parameters: Float32Array): number {
  const { members } = of.network;
  let total = 0;
  for (let member = 0; member < members; member++) total += loss(...onlyMember(of, parameters, member));
  return total / members;
}

/** One member of an ensemble as a single network: its scales are multiplied into the weights. */
function onlyMember(of: Example, parameters: Float32Array, member: number): [Example, Float32Array] {
  const { network, encoding } = of;
  if (network.members === 1) return [of, parameters];
  const single = layOut([encoding.outputColumns, 6, 5, 3], 1);
  const own = new Float32Array(single.parameterCount);
  for (const [index, { inputs, outputs, weights: block, biases, scales }] of network.layers.entries()) {
    const at = (start: number, place: number) => parameters[start + place];
    const offset = block.start + (scales ? 0 : member * inputs * outputs);
    const to = single.layers[index];
    for (let unit = 0; unit < outputs; unit++) {
      own[to.biases.start + unit] = at(biases.start, member * outputs + unit);
      for (let input = 0; input < inputs; input++) {
        const scale = scales
          ? at(scales.inputs.start, member * inputs + input) * at(scales.outputs.start, member * outputs + unit)
          : 1;
        own[to.weights.start + unit * inputs + input] = at(offset, input * outputs + unit) * scale;
      }
    }
  }
  return [{ encoding, network: single, initial: own }, own];
}

function numericGradient(at: (parameters: Float32Array) => number, initial: Float32Array, index: number): number {
  const width = 1e-3;
  const moved = (by: number) => {
    const copy = initial.slice();
    copy[index] += by;
    return at(copy);
  };
  return (moved(width) - moved(-width)) / (2 * width);
}

const examples: [string, Example][] = [
  ["a single network", example(1, 0)],
  ["a single network on encoded columns", example(1, 4)],
  ["an ensemble of three", example(3, 0)],
  ["an ensemble of two on encoded columns", example(2, 4)],
];

describe.each(examples)("one training step of %s", (_, of) => {
  const { initial, network } = of;
  let gradient: Float32Array;
  let first: Record<string, Float32Array>;

  beforeAll(async () => {
    first = await steps(of, initial);
    gradient = first["next.gradients"];
  });

  it("computes the loss of the plain forward pass", () => {
    expect(first["next.loss"][0] / first["next.weight"][0]).toBeCloseTo(memberLoss(of, initial), 5);
  });

  it("computes the gradient that finite differences show", () => {
    for (let index = 0; index < network.parameterCount; index++) {
      const numeric = numericGradient((parameters) => memberLoss(of, parameters), initial, index);
      expect(Math.abs(gradient[index] - numeric), `parameter ${index}`).toBeLessThan(2e-4 + 2e-3 * Math.abs(numeric));
    }
  });

  it("computes the same gradient where batches are so small that an ensemble scales the data, not the weights", async () => {
    const found = (await steps(of, initial, { batchSize: 1 }))["next.gradients"];
    for (const [index, value] of found.entries()) expect(value).toBeCloseTo(gradient[index], 5);
  });

  it("moves the parameters as AdamW does, and shrinks weights alone", async () => {
    const learningRate = 0.01;
    const weightDecay = 0.5;
    const moved = (await steps(of, initial, { weightDecay, learningRate }))["next.parameters"];
    for (let index = 0; index < network.parameterCount; index++) {
      const isWeight = network.layers.some(({ weights: block }) => index >= block.start && index < block.end);
      const direction = gradient[index] / (Math.abs(gradient[index]) + 1e-8);
      const kept = isWeight ? 1 - learningRate * weightDecay : 1;
      expect(moved[index]).toBeCloseTo(initial[index] * kept - learningRate * direction, 4);
    }
  });

  it("has the same gradient as finite differences with dropout, the masks being the same each time", async () => {
    const withDropout = await steps(of, initial, { dropout: 0.4 });
    const averaged = withDropout["next.gradients"];
    expect(averaged).not.toEqual(gradient);
    const dropoutLoss = async (parameters: Float32Array) => {
      const result = await steps(of, parameters, { dropout: 0.4 });
      return result["next.loss"][0] / result["next.weight"][0];
    };
    for (let index = 0; index < network.parameterCount; index += 7) {
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
  const of = examples[3][1];

  it("counts every row, the last batch's too", async () => {
    const result = await steps(of, of.initial, { boundaries: [0, 5, 11, rowCount] });
    expect(result["next.weight"][0]).toBeCloseTo(
      weights.reduce((total, weight) => total + weight, 0),
      4,
    );
  });

  it("repeats itself to the bit, with one thread or two", async () => {
    const options = { dropout: 0.3, boundaries: [0, 5, 11, rowCount] };
    const once = await steps(of, of.initial, options);
    expect(await steps(of, of.initial, options)).toEqual(once);
    expect(await steps(of, of.initial, { ...options, threads: 2 })).toEqual(once);
  });
});

it("smoothed labels spread a share of each row over all classes", async () => {
  const [, of] = examples[0];
  const result = await steps(of, of.initial, { labelSmoothing: 0.3 });
  expect(result["next.loss"][0] / result["next.weight"][0]).toBeCloseTo(loss(of, of.initial, 0.3), 5);
  const gradient = result["next.gradients"];
  for (let index = 0; index < of.network.parameterCount; index++) {
    const numeric = numericGradient((parameters) => loss(of, parameters, 0.3), of.initial, index);
    expect(Math.abs(gradient[index] - numeric)).toBeLessThan(2e-4 + 2e-3 * Math.abs(numeric));
  }
});
