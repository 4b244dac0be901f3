import type { InferenceSession, Tensor } from "onnxruntime-node";
import { onnxRuntime, openSession } from "../../onnx/runtime.ts";
import type { Pacer } from "../../pacer.ts";
import type { Random } from "../../random/random.ts";
import { shuffle } from "../../random/shuffle.ts";
import type { Samples } from "../learner.ts";
import { adamSchedule } from "./adam-schedule.ts";
import type { Encoding } from "./encoding.ts";
import type { Network } from "./layers.ts";
import type { NetworkSettings } from "./mlp-settings.ts";
import { learningRates } from "./schedule.ts";
import { type TrainingState, trainingGraph } from "./training-graph.ts";

/** A run blocks the event loop and costs half a millisecond more than its batches, which are bundled to take this long. */
const targetMilliseconds = 200;

/** Makes a product of one with a transposed matrix. As the left factor that costs more than the copy which it saves. */
const turnedFactors = "MatmulTransposeFusion";

export interface Trainer {
  /**
   * Goes over all rows once, in a new order.
   * @param epoch from 1
   */
  runEpoch(epoch: number, pacer: Pacer): Promise<{ loss: number; parameters: Float32Array }>;
  close(): Promise<void>;
}

/**
 * Trains on the CPU by onnxruntime.
 * @param random order of the rows and seeds of the dropout masks
 */
export async function openTrainer(
  training: Samples,
  network: Network,
  encoding: Encoding,
  initial: Float32Array,
  settings: NetworkSettings,
  threads: number,
  random: Random,
): Promise<Trainer> {
  const dropoutSeeds = settings.hiddenUnits.map(() => random.below(2 ** 24));
  const graph = trainingGraph(network, encoding, { ...settings, dropoutSeeds });
  const session = await openSession(graph, threads, "all", [turnedFactors]);
  const { Tensor } = onnxRuntime();
  const boundaries = batchBoundaries(training.rowCount, settings.batchSize);
  const batchCount = boundaries.length - 1;
  const order = Int32Array.from({ length: training.rowCount }, (_, row) => row);
  const places = BigInt64Array.from(boundaries, BigInt);
  const data = {
    values: new Tensor("float32", training.values, [training.rowCount, training.columnCount]),
    starts: new Tensor("int64", places.subarray(0, -1), [batchCount]),
    ends: new Tensor("int64", places.subarray(1), [batchCount]),
  };
  let state = initialState(initial, network.parameterCount);
  let batchesPerRun = 1;

  async function runEpoch(epoch: number, pacer: Pacer) {
    shuffle(order, random);
    state = { ...state, loss: scalar(0), weight: scalar(0) };
    const feeds = {
      ...data,
      ...inOrder(training, order),
      ...ratesOf(learningRates(settings, epoch, settings.epochs, batchCount), (epoch - 1) * batchCount),
    };
    for (let batch = 0; batch < batchCount; ) {
      await pacer.giveWay();
      const count = Math.min(batchesPerRun, batchCount - batch);
      const started = performance.now();
      const range = { firstBatch: whole([batch], 1), batchCount: whole([count]) };
      state = await step(session, { ...feeds, ...range }, state);
      batchesPerRun = nextBundle(count, performance.now() - started, batchesPerRun);
      batch += count;
    }
    return { loss: number(state.loss) / number(state.weight), parameters: state.parameters.data as Float32Array };
  }

  return { runEpoch, close: () => session.release() };
}

/** Splits the rows into batches whose sizes differ by one at most, none above `batchSize`. */
export function batchBoundaries(rowCount: number, batchSize: number): number[] {
  const batchCount = Math.ceil(rowCount / batchSize);
  return Array.from({ length: batchCount + 1 }, (_, batch) => Math.floor((batch * rowCount) / batchCount));
}

type State = Readonly<Record<TrainingState, Tensor>>;

async function step(session: InferenceSession, feeds: Record<string, Tensor>, state: State): Promise<State> {
  const next = await session.run({ ...feeds, ...state });
  return Object.fromEntries(Object.keys(state).map((name) => [name, next[`next.${name}`]])) as Record<
    TrainingState,
    Tensor
  >;
}

/** The rows' places, labels and weights in the order of an epoch. */
function inOrder({ labels, weights, rowCount }: Samples, order: Int32Array): Record<string, Tensor> {
  const { Tensor } = onnxRuntime();
  const ordered = { labels: new Int32Array(rowCount), weights: new Float32Array(rowCount) };
  for (let place = 0; place < rowCount; place++) {
    ordered.labels[place] = labels[order[place]];
    ordered.weights[place] = weights[order[place]];
  }
  return {
    order: new Tensor("int32", order, [rowCount]),
    labels: new Tensor("int32", ordered.labels, [rowCount]),
    weights: new Tensor("float32", ordered.weights, [rowCount, 1]),
  };
}

/** Of an epoch's batches, one number each. */
function ratesOf(learningRates: Float32Array, stepsBefore: number): Record<string, Tensor> {
  const { Tensor } = onnxRuntime();
  const { length } = learningRates;
  const { stepSizes, floors } = adamSchedule(learningRates, stepsBefore);
  const steps = stepSizes.map((size) => -size);
  return {
    learningRates: new Tensor("float32", learningRates, [length]),
    steps: new Tensor("float32", steps, [length, 1]),
    floors: new Tensor("float32", floors, [length]),
  };
}

function initialState(parameters: Float32Array, size: number): State {
  const { Tensor } = onnxRuntime();
  const vector = (data: Float32Array) => new Tensor("float32", data, [1, size]);
  return {
    parameters: vector(parameters),
    gradients: vector(new Float32Array(size)),
    squares: vector(new Float32Array(size)),
    loss: scalar(0),
    weight: scalar(0),
  };
}

/** As many batches as fill the target at the speed just seen, at most twice as many as before. */
function nextBundle(count: number, milliseconds: number, bundle: number): number {
  const fitting = Math.floor((count * targetMilliseconds) / Math.max(milliseconds, 0.1));
  return Math.max(1, Math.min(fitting, 2 * bundle));
}

function scalar(value: number): Tensor {
  return new (onnxRuntime().Tensor)("float32", Float32Array.of(value), []);
}

function whole(values: readonly number[], ...dims: number[]): Tensor {
  return new (onnxRuntime().Tensor)("int64", BigInt64Array.from(values, BigInt), dims);
}

function number(tensor: Tensor): number {
  return Number(tensor.data[0]);
}
