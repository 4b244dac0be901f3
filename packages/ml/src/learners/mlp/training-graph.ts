import { encodeModel } from "../../onnx/encode-model.ts";
import { GraphBuilder } from "../../onnx/graph-builder.ts";
import { software } from "../../software.ts";
import { beta1, beta2 } from "./adam-schedule.ts";
import { addBatch, type Batch, type BatchInputs } from "./batch-nodes.ts";
import type { Encoding } from "./encoding.ts";
import { ensembleForm } from "./ensemble-form.ts";
import { addSplitLayers } from "./layer-nodes.ts";
import type { Network } from "./layers.ts";
import type { NetworkForm } from "./network-form.ts";
import { singleForm } from "./single-form.ts";

export interface TrainingGraphSettings {
  readonly batchSize: number;
  readonly weightDecay: number;
  readonly dropout: number;
  readonly labelSmoothing: number;
  /** One per hidden layer; whole numbers up to 2²⁴. */
  readonly dropoutSeeds: readonly number[];
}

/** Hardly an output above 0 is below this; a power of two, so that scaling by it costs no precision. */
const tiny = 2 ** -40;

const stateNames = ["parameters", "gradients", "squares", "loss", "weight"] as const;
export type TrainingState = (typeof stateNames)[number];

/**
 * A model whose one run does a number of training steps: forward, backward and AdamW in the body of a `Loop`.
 *
 * Inputs: `values` [N, D] float32; `order` [N] int32, the rows in the order of this epoch; `labels` [N] int32 and
 * `weights` [N, 1] float32, both in that order; `starts`, `ends` [B] int64, where each batch lies in it; `firstBatch` [1],
 * `batchCount` int64; `learningRates`, `floors` [B], `steps` [B, 1] float32, one of each per batch, as `adamSchedule`
 * tells them, the steps negative; and the state, float32: `parameters` [1, P]; `gradients`, `squares` [1, P], sums over
 * the steps of gradients and of their squares that fade by β₁ and β₂, AdamW's averages but for a factor; `loss`, `weight`
 * (sums over the rows so far).
 * Outputs: each of the state as `next.<name>`.
 *
 * The loss of a batch is the mean cross-entropy over rows and members, weighted by the rows' weights, against labels
 * smoothed as the settings tell; `loss` sums it. The decay takes weights only, no biases and scales. Dropout masks come
 * from operators with a fixed seed each, one stream per session: a fresh session with the same inputs repeats them.
 */
export function trainingGraph(network: Network, encoding: Encoding, settings: TrainingGraphSettings): Uint8Array {
  const { layers, parameterCount: size } = network;
  const shapes = {
    parameters: [1, size],
    gradients: [1, size],
    squares: [1, size],
    loss: [],
    weight: [],
  };
  const graph = new GraphBuilder("training");
  const inputs: BatchInputs = {
    values: graph.addInput("values", "float32", ["N", encoding.inputColumns]),
    order: graph.addInput("order", "int32", ["N"]),
    labels: graph.addInput("labels", "int32", ["N"]),
    weights: graph.addInput("weights", "float32", ["N", 1]),
    starts: graph.addInput("starts", "int64", ["B"]),
    ends: graph.addInput("ends", "int64", ["B"]),
    firstBatch: graph.addInput("firstBatch", "int64", [1]),
  };
  const batchCount = graph.addInput("batchCount", "int64", []);
  const rates: AdamInputs = {
    learningRates: graph.addInput("learningRates", "float32", ["B"]),
    steps: graph.addInput("steps", "float32", ["B", 1]),
    floors: graph.addInput("floors", "float32", ["B"]),
  };
  const decay = settings.weightDecay > 0 ? addDecay(graph, network, settings.weightDecay) : undefined;
  const state = stateNames.map((name) => graph.addInput(name, "float32", shapes[name]));

  const body = graph.subgraph("step");
  const iteration = body.addInput("iteration", "int64", []);
  const proceed = body.addInput("proceed", "bool", []);
  const before = Object.fromEntries(
    stateNames.map((name) => [name, body.addInput(`before.${name}`, "float32", shapes[name])]),
  ) as Record<TrainingState, string>;
  const batch = addBatch(body, inputs, iteration, layers[layers.length - 1].outputs, settings.labelSmoothing);
  const tensors = addSplitLayers(body, network, before.parameters);
  const form =
    network.members === 1
      ? singleForm(body, network, tensors, batch, encoding)
      : ensembleForm(body, network, tensors, batch, encoding, settings.batchSize);
  const { gradient, gain, weight } = addLossAndGradient(body, network, form, batch, settings);
  const after: Record<TrainingState, string> = {
    ...addAdamW(body, before, gradient, { ...rates, batch: batch.number }, decay),
    loss: body.addNode("Sub", [before.loss, gain]),
    weight: body.addNode("Add", [before.weight, weight]),
  };
  body.addOutput("goOn", proceed, "bool", []);
  for (const name of stateNames) body.addOwnOutput(after[name], "float32", shapes[name]);

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

/** Negative summed loss and summed weight of a batch, and the gradient of their ratio, flat like the parameters. */
function addLossAndGradient(
  graph: GraphBuilder,
  { layers, members }: Network,
  form: NetworkForm,
  batch: Batch,
  settings: TrainingGraphSettings,
): { gradient: string; gain: string; weight: string } {
  const last = layers.length - 1;
  const inputs = [form.input];
  for (let index = 0; index < last; index++) {
    const activations = graph.addNode("Relu", [form.addScores(index, inputs[index])]);
    inputs.push(settings.dropout === 0 ? activations : addDropout(graph, activations, index, settings));
  }
  const scores = form.addScores(last, inputs[last]);
  const logs = graph.addNode("LogSoftmax", [scores], { attributes: { axis: { int: -1 } } });

  const perMember = (value: string) =>
    members === 1 ? value : graph.addNode("Mul", [value, graph.addScalar("float32", 1 / members)]);
  const total = (value: string) => graph.addNode("ReduceSum", [value], { attributes: { keepdims: { int: 0 } } });
  const weight = total(batch.weights);
  const gain = perMember(total(graph.addNode("Mul", [graph.addNode("Mul", [logs, batch.targets]), batch.weights])));

  const shares = perMember(graph.addNode("Div", [batch.weights, weight]));
  const excess = graph.addNode("Sub", [graph.addNode("Exp", [logs]), batch.targets]);
  let upstream = graph.addNode("Mul", [excess, shares]);
  const inputFactor = graph.addScalar("float32", 1 / (tiny * (1 - settings.dropout)));
  const gradients: string[] = [];
  for (let index = last; index >= 0; index--) {
    const found = form.addGradients(index, upstream, inputFactor);
    gradients.unshift(...found.blocks);
    if (found.input === undefined) break;
    upstream = graph.addNode("Mul", [found.input, addTinySlopes(graph, inputs[index])]);
  }
  return { gradient: graph.addNode("Concat", gradients, { attributes: { axis: { int: 1 } } }), gain, weight };
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

/**
 * How a hidden layer's outputs grow with its scores, times `tiny`: 0 where an output is 0, elsewhere `tiny`. A cut takes
 * half the time that a step function would; the product that the slopes meet is larger by what they are smaller.
 */
function addTinySlopes(graph: GraphBuilder, outputs: string): string {
  return graph.addNode("Clip", [outputs, graph.addScalar("float32", 0), graph.addScalar("float32", tiny)]);
}

/** The weight decay of each parameter, `[1, P]`. */
function addDecay(graph: GraphBuilder, { layers, parameterCount }: Network, weightDecay: number): string {
  const data = new Float32Array(parameterCount);
  for (const { weights } of layers) data.fill(weightDecay, weights.start, weights.end);
  return graph.addConstant("weightDecay", { type: "float32", dims: [1, parameterCount], data });
}

interface AdamInputs {
  readonly learningRates: string;
  readonly steps: string;
  readonly floors: string;
}

function addAdamW(
  graph: GraphBuilder,
  before: Readonly<Record<TrainingState, string>>,
  gradient: string,
  { batch, ...rates }: AdamInputs & { readonly batch: string },
  weightDecay: string | undefined,
): Pick<Record<TrainingState, string>, "parameters" | "gradients" | "squares"> {
  const node = (operator: "Add" | "Sub" | "Mul" | "Div", one: string, other: string) =>
    graph.addNode(operator, [one, other]);
  const ofBatch = (values: string) => graph.addNode("Gather", [values, batch]);
  const factor = (value: number) => graph.addConstant("factor", { type: "float32", dims: [1, 1], data: [value] });
  // A product of matrices goes over the parameters once, where `Mul` and `Add` would do so twice.
  const multipleAndSum = (multiplier: string, one: string, other: string) =>
    graph.addNode("Gemm", [multiplier, one, other]);
  const gradients = multipleAndSum(factor(beta1), before.gradients, gradient);
  const squares = multipleAndSum(factor(beta2), before.squares, node("Mul", gradient, gradient));
  const deviation = node("Add", graph.addNode("Sqrt", [squares]), ofBatch(rates.floors));
  const kept = weightDecay
    ? node(
        "Sub",
        before.parameters,
        node("Mul", node("Mul", weightDecay, ofBatch(rates.learningRates)), before.parameters),
      )
    : before.parameters;
  const parameters = multipleAndSum(ofBatch(rates.steps), node("Div", gradients, deviation), kept);
  return { parameters, gradients, squares };
}
