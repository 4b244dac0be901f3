import { encodeModel } from "../../onnx/encode-model.ts";
import { GraphBuilder } from "../../onnx/graph-builder.ts";
import { software } from "../../software.ts";
import { addLayerGradients } from "./backward-nodes.ts";
import type { Encoding } from "./encoding.ts";
import { addAffine, addSplitLayers, type LayerTensors, type LayerValues } from "./layer-nodes.ts";
import type { Network } from "./layers.ts";

export interface TrainingGraphSettings {
  readonly weightDecay: number;
  readonly dropout: number;
  readonly labelSmoothing: number;
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
 * `learningRates` [B] float32, one per batch; and the state: `parameters`, `mean`, `variance` [P], `power1`, `power2` (β₁ᵗ, β₂ᵗ), `loss`,
 * `weight` (sums over the rows so far) float32. Outputs: each of the state as `next.<name>`.
 *
 * The loss of a batch is the mean cross-entropy over rows and members, weighted by the rows' weights, against labels
 * smoothed as the settings tell; `loss` sums it. The decay takes weights only, no biases and scales. Dropout masks come from operators with
 * a fixed seed each, one stream per session: a fresh session with the same inputs repeats them.
 */
export function trainingGraph(network: Network, encoding: Encoding, settings: TrainingGraphSettings): Uint8Array {
  const { layers, parameterCount: size } = network;
  const shapes = { parameters: [size], mean: [size], variance: [size], power1: [], power2: [], loss: [], weight: [] };
  const graph = new GraphBuilder("training");
  const inputs: BatchInputs = {
    values: graph.addInput("values", "float32", ["N", encoding.inputColumns]),
    labels: graph.addInput("labels", "int32", ["N"]),
    weights: graph.addInput("weights", "float32", ["N"]),
    order: graph.addInput("order", "int32", ["N"]),
    boundaries: graph.addInput("boundaries", "int64", ["B"]),
    firstBatch: graph.addInput("firstBatch", "int64", []),
  };
  const batchCount = graph.addInput("batchCount", "int64", []);
  const learningRates = graph.addInput("learningRates", "float32", ["R"]);
  const decayed = addDecay(graph, network, settings.weightDecay);
  const state = stateNames.map((name) => graph.addInput(name, "float32", shapes[name]));

  const body = graph.subgraph("step");
  const iteration = body.addInput("iteration", "int64", []);
  const proceed = body.addInput("proceed", "bool", []);
  const before = Object.fromEntries(
    stateNames.map((name) => [name, body.addInput(`before.${name}`, "float32", shapes[name])]),
  ) as Record<TrainingState, string>;
  const batch = addBatch(body, inputs, iteration, layers[layers.length - 1].outputs, settings.labelSmoothing);
  const tensors = addSplitLayers(body, network, before.parameters);
  const encoded = { ...batch, values: encoding.addTo(body, batch.values) };
  const { gradient, loss, weight } = addLossAndGradient(body, network, tensors, encoded, settings);
  const learningRate = body.addNode("Gather", [learningRates, batch.number]);
  const after: Record<TrainingState, string> = {
    ...addAdamW(body, before, gradient, learningRate, decayed),
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
  readonly number: string;
  /** `[n, D]` */
  readonly values: string;
  /** `[n, K]`, 1 at the row's class, before smoothing. */
  readonly targets: string;
  /** `[n, 1]` */
  readonly weights: string;
}

function addBatch(
  graph: GraphBuilder,
  inputs: BatchInputs,
  iteration: string,
  classCount: number,
  labelSmoothing: number,
): Batch {
  const number = graph.addNode("Add", [inputs.firstBatch, iteration]);
  const place = graph.addNode("Reshape", [number, graph.addInts(1)]);
  const start = graph.addNode("Gather", [inputs.boundaries, place]);
  const next = graph.addNode("Add", [place, graph.addInts(1)]);
  const end = graph.addNode("Gather", [inputs.boundaries, next]);
  const rows = graph.addNode("Slice", [inputs.order, start, end]);
  const spread = labelSmoothing / classCount;
  const targets = graph.addConstant("targets", {
    type: "float32",
    dims: [classCount, classCount],
    data: Float32Array.from(
      { length: classCount ** 2 },
      (_, cell) => spread + (cell % (classCount + 1) === 0 ? 1 - labelSmoothing : 0),
    ),
  });
  const weights = graph.addNode("Gather", [inputs.weights, rows]);
  return {
    number,
    values: graph.addNode("Gather", [inputs.values, rows]),
    targets: graph.addNode("Gather", [targets, graph.addNode("Gather", [inputs.labels, rows])]),
    weights: graph.addNode("Reshape", [weights, graph.addInts(-1, 1)]),
  };
}

/** Summed loss and summed weight of a batch, and the gradient of their ratio, flat like the parameters. */
function addLossAndGradient(
  graph: GraphBuilder,
  { layers, members }: Network,
  tensors: readonly LayerTensors[],
  batch: Batch,
  settings: TrainingGraphSettings,
): { gradient: string; loss: string; weight: string } {
  const zero = graph.addScalar("float32", 0);
  const amplified = graph.addScalar("float32", 1 / (1 - settings.dropout));
  const layerInputs = [batch.values];
  const layerValues: LayerValues[] = [];
  for (const [index, layer] of tensors.entries()) {
    const values = addAffine(graph, layerInputs[index], layer);
    layerValues.push(values);
    if (index === layers.length - 1) break;
    const activations = graph.addNode("Relu", [values.scores]);
    layerInputs.push(settings.dropout === 0 ? activations : addDropout(graph, activations, index, settings));
  }
  const { scores } = layerValues[layers.length - 1];
  const logs = graph.addNode("LogSoftmax", [scores], { attributes: { axis: { int: -1 } } });

  const perMember = graph.addScalar("float32", 1 / members);
  const total = (value: string) => graph.addNode("ReduceSum", [value], { attributes: { keepdims: { int: 0 } } });
  const weight = total(batch.weights);
  const gain = total(graph.addNode("Mul", [graph.addNode("Mul", [logs, batch.targets]), batch.weights]));
  const loss = graph.addNode("Mul", [graph.addNode("Neg", [gain]), perMember]);

  const shares = graph.addNode("Mul", [graph.addNode("Div", [batch.weights, weight]), perMember]);
  const excess = graph.addNode("Sub", [graph.addNode("Exp", [logs]), batch.targets]);
  let upstream = graph.addNode("Mul", [excess, shares]);
  const gradients: string[] = [];
  for (let index = layers.length - 1; index >= 0; index--) {
    const [input, values] = [layerInputs[index], layerValues[index]];
    const found = addLayerGradients(graph, layers[index], tensors[index], input, values, upstream, index === 0);
    gradients.unshift(...found.blocks);
    if (found.input === undefined) break;
    const active = graph.addNode("Greater", [input, zero]);
    upstream = graph.addNode("Mul", [found.input, graph.addNode("Where", [active, amplified, zero])]);
  }
  return { gradient: graph.addNode("Concat", gradients, { attributes: { axis: { int: 0 } } }), loss, weight };
}

/** Leaves a share of the activations out and amplifies the others, so that their expected sum stays. */
function addDropout(
  graph: GraphBuilder,
  activations: string,
  layer: number,
  { dropout, dropoutSeeds }: TrainingGraphSettings,
): string {
  const chance = graph.addNode("RandomUniformLike", [activations], {
    attributes: { seed: { float: dropoutSeeds[layer] } },
  });
  const kept = graph.addNode("Less", [chance, graph.addScalar("float32", 1 - dropout)]);
  const amplified = graph.addScalar("float32", 1 / (1 - dropout));
  return graph.addNode("Mul", [activations, graph.addNode("Where", [kept, amplified, graph.addScalar("float32", 0)])]);
}

/** The weight decay of each parameter. */
function addDecay(graph: GraphBuilder, { layers, parameterCount }: Network, weightDecay: number): string {
  const data = new Float32Array(parameterCount);
  for (const { weights } of layers) data.fill(weightDecay, weights.start, weights.end);
  return graph.addConstant("weightDecay", { type: "float32", dims: [parameterCount], data });
}

function addAdamW(
  graph: GraphBuilder,
  before: Readonly<Record<TrainingState, string>>,
  gradient: string,
  learningRate: string,
  weightDecay: string,
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
  const decay = graph.addNode("Sub", [scalar(1), graph.addNode("Mul", [learningRate, weightDecay])]);
  const parameters = graph.addNode("Sub", [graph.addNode("Mul", [before.parameters, decay]), step]);
  return { parameters, mean, variance, power1, power2 };
}
