import type { GraphBuilder } from "../../onnx/graph-builder.ts";
import { addTranspose, type LayerTensors, type LayerValues } from "./layer-nodes.ts";
import type { Layer } from "./layers.ts";
import type { LayerGradients } from "./network-form.ts";

/** What the backward pass through a layer of an ensemble needs to know. */
export interface LayerPass {
  /** What the layer was given: `[N, inputs]` or `[members, N, inputs]`. */
  readonly input: string;
  readonly values: LayerValues;
  /** Gradient of the scores, in their shape. */
  readonly upstream: string;
  /** `[1, N]`: a product with it sums over the rows, several times quicker than `ReduceSum` does. */
  readonly ones: string;
  /** A number that the gradient of the input is multiplied by; onnxruntime does so while it computes the product. */
  readonly inputFactor: string;
  /** The first layer's input, the data, as `[inputs, N]`; they need no gradient. */
  readonly turnedRows?: string;
}

/** The backward pass through one layer of an ensemble. */
export function addLayerGradients(
  graph: GraphBuilder,
  layer: Layer,
  tensors: LayerTensors,
  pass: LayerPass,
): LayerGradients {
  if (tensors.scales) return sharedGradients(graph, layer, tensors, tensors.scales, pass);
  const { values, upstream, ones, inputFactor } = pass;
  const perMember = [0, 2, 1];
  const weights = graph.addNode("MatMul", [addTranspose(graph, values.scaled, perMember), upstream]);
  const input = graph.addNode("MatMul", [upstream, addTranspose(graph, tensors.weights, perMember)]);
  return {
    blocks: [weights, graph.addNode("MatMul", [ones, upstream])].map((value) => flat(graph, value)),
    input: graph.addNode("Mul", [input, inputFactor]),
  };
}

/**
 * A hidden layer that k members share. For the first layer the gradients of weights and input scales both come from one
 * product per member, input transposed by upstream; so nothing of the size of rows by inputs is computed.
 */
function sharedGradients(
  graph: GraphBuilder,
  { inputs, outputs, biases: ownBiases }: Layer,
  { weights }: LayerTensors,
  scales: { readonly inputs: string; readonly outputs: string },
  { input, values: { scaled, product }, upstream, ones, inputFactor, turnedRows }: LayerPass,
): LayerGradients {
  const overRows = (value: string) => graph.addNode("MatMul", [ones, value]);
  const biases = overRows(upstream);
  const outputScales = overRows(graph.addNode("Mul", [upstream, product]));
  const productGradient = graph.addNode("Mul", [upstream, scales.outputs]);
  const done = (weightGradient: string, inputScales: string) =>
    [weightGradient, biases, inputScales, outputScales].map((value) => flat(graph, value));
  if (turnedRows) {
    const perMember = graph.addNode("MatMul", [turnedRows, productGradient]);
    const inputScales = sumOverUnits(graph, graph.addNode("Mul", [perMember, weights]));
    const columns = graph.addNode("Reshape", [scales.inputs, graph.addInts(-1, inputs, 1)]);
    const scaledBack = graph.addNode("Mul", [perMember, columns]);
    return { blocks: done(sumOverMembers(graph, scaledBack, ownBiases.dims[0]), inputScales) };
  }
  const rows = (value: string, width: number) => graph.addNode("Reshape", [value, graph.addInts(-1, width)]);
  const weightGradient = graph.addNode("MatMul", [
    addTranspose(graph, rows(scaled, inputs)),
    rows(productGradient, outputs),
  ]);
  const scaledGradient = graph.addNode("MatMul", [productGradient, addTranspose(graph, weights)]);
  return {
    blocks: done(weightGradient, overRows(graph.addNode("Mul", [scaledGradient, input]))),
    input: graph.addNode("Mul", [scaledGradient, graph.addNode("Mul", [scales.inputs, inputFactor])]),
  };
}

function sumOverUnits(graph: GraphBuilder, value: string): string {
  return graph.addNode("ReduceSum", [value, graph.addInts(-1)], { attributes: { keepdims: { int: 0 } } });
}

/** A product with ones, as over the rows: several times quicker than `ReduceSum` over the first axis. */
function sumOverMembers(graph: GraphBuilder, value: string, members: number): string {
  const ones = graph.addConstant("ones", {
    type: "float32",
    dims: [1, members],
    data: new Float32Array(members).fill(1),
  });
  return graph.addNode("MatMul", [ones, graph.addNode("Reshape", [value, graph.addInts(members, -1)])]);
}

function flat(graph: GraphBuilder, value: string): string {
  return graph.addNode("Reshape", [value, graph.addInts(1, -1)]);
}
