import { encodeModel } from "../../onnx/encode-model.ts";
import { GraphBuilder } from "../../onnx/graph-builder.ts";
import { software } from "../../software.ts";
import { addAffine, addSplitLayers, type LayerTensors } from "./layer-nodes.ts";
import { type Layer, parameterCount } from "./layers.ts";

export interface TrainingGraphSettings {
  readonly weightDecay: number;
  readonly dropout: number;
  /** One per hidden layer; whole numbers up to 2²⁴. */
  readonly dropoutSeeds: readonly number[];
}

/** Moving averages of AdamW (I. Loshchilov, F. Hutter, "Decoupled Weight Decay Regularization", 2019). */
const beta1 = 0.9;
const beta2 = 0.999;
const epsilon = 1e-8;

const stateNames = ["parameters", "mean", "variance", "power1", "power2", "loss", "weight"] as const;
export type TrainingState = (typeof stateNames)[number];

/**
 * A model whose one run does a number of training steps: forward, backward and AdamW in the body of a `Loop`.
 *
 * Inputs: `values` [N, D] float32; `labels` [N] int32; `weights` [N] float32; `order` [N] int32, the rows in the order
 * of this epoch; `boundaries` [B + 1] int64, where each batch starts in it; `firstBatch`, `batchCount` int64;
 * `learningRate` float32; and the state: `parameters`, `mean`, `variance` [P], `power1`, `power2` (β₁ᵗ, β₂ᵗ), `loss`,
 * `weight` (sums over the rows so far) float32. Outputs: each of the state as `next.<name>`.
 *
 * The loss of a batch is the mean cross-entropy weighted by the rows' weights. Dropout masks come from operators with
 * a fixed seed each, one stream per session: a fresh session with the same inputs repeats them.
 */
export function trainingGraph(layers: readonly Layer[], settings: TrainingGraphSettings): Uint8Array {
  const size = parameterCount(layers);
  const shapes = { parameters: [size], mean: [size], variance: [size], power1: [], power2: [], loss: [], weight: [] };
  const graph = new GraphBuilder("training");
  const inputs: BatchInputs = {
    values: graph.addInput("values", "float32", ["N", layers[0].inputs]),
    labels: graph.addInput("labels", "int32", ["N"]),
    weights: graph.addInput("weights", "float32", ["N"]),
    order: graph.addInput("order", "int32", ["N"]),
    boundaries: graph.addInput("boundaries", "int64", ["B"]),
    firstBatch: graph.addInput("firstBatch", "int64", []),
  };
  const batchCount = graph.addInput("batchCount", "int64", []);
  const learningRate = graph.addInput("learningRate", "float32", []);
  const state = stateNames.map((name) => graph.addInput(name, "float32", shapes[name]));

  const body = graph.subgraph("step");
  const iteration = body.addInput("iteration", "int64", []);
  const proceed = body.addInput("proceed", "bool", []);
  const before = Object.fromEntries(
    stateNames.map((name) => [name, body.addInput(`before.${name}`, "float32", shapes[name])]),
  ) as Record<TrainingState, string>;
  const batch = addBatch(body, inputs, iteration, layers[layers.length - 1].outputs);
  const tensors = addSplitLayers(body, layers, before.parameters);
  const { gradient, loss, weight } = addLossAndGradient(body, tensors, batch, settings);
  const after: Record<TrainingState, string> = {
    ...addAdamW(body, before, gradient, learningRate, settings.weightDecay),
    loss: body.addNode("Add", [before.loss, loss]),
    weight: body.addNode("Add", [before.weight, weight]),
  };
  body.addOutput("goOn", proceed, "bool", []);
  for (const name of stateNames) body.addOutput(`after.${name}`, after[name], "float32", shapes[name]);

  const results = graph.addNodeWithOutputs(
    "Loop",
    [batchCount, graph.addScalar("bool", 1), ...state],
    stateNames.length,
    { attributes: { body: { graph: body } } },
  );
  for (const [index, name] of stateNames.entries()) {
    graph.addOutput(`next.${name}`, results[index], "float32", shapes[name]);
  }
  return encodeModel(graph, software);
}

interface BatchInputs {
  readonly values: string;
  readonly labels: string;
  readonly weights: string;
  readonly order: string;
  readonly boundaries: string;
  readonly firstBatch: string;
}

interface Batch {
  /** `[n, D]` */
  readonly values: string;
  /** `[n, K]`, 1 at the row's class. */
  readonly targets: string;
  /** `[n, 1]` */
  readonly weights: string;
}

function addBatch(graph: GraphBuilder, inputs: BatchInputs, iteration: string, classCount: number): Batch {
  const number = graph.addNode("Add", [inputs.firstBatch, iteration]);
  const place = graph.addNode("Reshape", [number, graph.addInts(1)]);
  const start = graph.addNode("Gather", [inputs.boundaries, place]);
  const next = graph.addNode("Add", [place, graph.addInts(1)]);
  const end = graph.addNode("Gather", [inputs.boundaries, next]);
  const rows = graph.addNode("Slice", [inputs.order, start, end]);
  const identity = graph.addConstant("identity", {
    type: "float32",
    dims: [classCount, classCount],
    data: Float32Array.from({ length: classCount ** 2 }, (_, cell) => (cell % (classCount + 1) === 0 ? 1 : 0)),
  });
  const weights = graph.addNode("Gather", [inputs.weights, rows]);
  return {
    values: graph.addNode("Gather", [inputs.values, rows]),
    targets: graph.addNode("Gather", [identity, graph.addNode("Gather", [inputs.labels, rows])]),
    weights: graph.addNode("Reshape", [weights, graph.addInts(-1, 1)]),
  };
}

/** Summed loss and summed weight of a batch, and the gradient of their ratio, flat like the parameters. */
function addLossAndGradient(
  graph: GraphBuilder,
  layers: readonly LayerTensors[],
  batch: Batch,
  settings: TrainingGraphSettings,
): { gradient: string; loss: string; weight: string } {
  const zero = graph.addScalar("float32", 0);
  const kept = graph.addScalar("float32", 1 - settings.dropout);
  const amplified = graph.addScalar("float32", 1 / (1 - settings.dropout));
  const layerInputs = [batch.values];
  for (const [index, layer] of layers.slice(0, -1).entries()) {
    const activations = graph.addNode("Relu", [addAffine(graph, layerInputs[index], layer)]);
    if (settings.dropout === 0) {
      layerInputs.push(activations);
      continue;
    }
    const chance = graph.addNode("RandomUniformLike", [activations], {
      attributes: { seed: { float: settings.dropoutSeeds[index] } },
    });
    const mask = graph.addNode("Where", [graph.addNode("Less", [chance, kept]), amplified, zero]);
    layerInputs.push(graph.addNode("Mul", [activations, mask]));
  }
  const scores = addAffine(graph, layerInputs[layers.length - 1], layers[layers.length - 1]);
  const logs = graph.addNode("LogSoftmax", [scores], { attributes: { axis: { int: -1 } } });

  const weight = graph.addNode("ReduceSum", [batch.weights], { attributes: { keepdims: { int: 0 } } });
  const weightedLogs = graph.addNode("Mul", [graph.addNode("Mul", [logs, batch.targets]), batch.weights]);
  const gain = graph.addNode("ReduceSum", [weightedLogs], { attributes: { keepdims: { int: 0 } } });
  const loss = graph.addNode("Neg", [gain]);

  const shares = graph.addNode("Div", [batch.weights, weight]);
  const excess = graph.addNode("Sub", [graph.addNode("Exp", [logs]), batch.targets]);
  let upstream = graph.addNode("Mul", [excess, shares]);
  const flat = graph.addInts(-1);
  const overRows = graph.addInts(0);
  const gradients: string[] = [];
  for (let index = layers.length - 1; index >= 0; index--) {
    const weights = graph.addNode("Gemm", [layerInputs[index], upstream], { attributes: { transA: { int: 1 } } });
    const biases = graph.addNode("ReduceSum", [upstream, overRows], { attributes: { keepdims: { int: 0 } } });
    gradients.unshift(graph.addNode("Reshape", [weights, flat]), biases);
    if (index === 0) break;
    const downstream = graph.addNode("Gemm", [upstream, layers[index].weights], { attributes: { transB: { int: 1 } } });
    const active = graph.addNode("Greater", [layerInputs[index], zero]);
    upstream = graph.addNode("Mul", [downstream, graph.addNode("Where", [active, amplified, zero])]);
  }
  return { gradient: graph.addNode("Concat", gradients, { attributes: { axis: { int: 0 } } }), loss, weight };
}

function addAdamW(
  graph: GraphBuilder,
  before: Readonly<Record<TrainingState, string>>,
  gradient: string,
  learningRate: string,
  weightDecay: number,
): Omit<Record<TrainingState, string>, "loss" | "weight"> {
  const scalar = (value: number) => graph.addScalar("float32", value);
  const blend = (old: string, beta: number, fresh: string) =>
    graph.addNode("Add", [graph.addNode("Mul", [old, scalar(beta)]), graph.addNode("Mul", [fresh, scalar(1 - beta)])]);
  const mean = blend(before.mean, beta1, gradient);
  const variance = blend(before.variance, beta2, graph.addNode("Mul", [gradient, gradient]));
  const power1 = graph.addNode("Mul", [before.power1, scalar(beta1)]);
  const power2 = graph.addNode("Mul", [before.power2, scalar(beta2)]);
  const rest1 = graph.addNode("Sub", [scalar(1), power1]);
  const rest2 = graph.addNode("Sqrt", [graph.addNode("Sub", [scalar(1), power2])]);
  const rate = graph.addNode("Div", [graph.addNode("Mul", [learningRate, rest2]), rest1]);
  const floor = graph.addNode("Mul", [rest2, scalar(epsilon)]);
  const deviation = graph.addNode("Add", [graph.addNode("Sqrt", [variance]), floor]);
  const step = graph.addNode("Mul", [graph.addNode("Div", [mean, deviation]), rate]);
  const decay = graph.addNode("Sub", [scalar(1), graph.addNode("Mul", [learningRate, scalar(weightDecay)])]);
  const parameters = graph.addNode("Sub", [graph.addNode("Mul", [before.parameters, decay]), step]);
  return { parameters, mean, variance, power1, power2 };
}
