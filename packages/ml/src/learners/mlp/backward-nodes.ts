import type { GraphBuilder } from "../../onnx/graph-builder.ts";
import type { LayerTensors, LayerValues } from "./layer-nodes.ts";
import type { Layer } from "./layers.ts";

/** Gradients of one layer's blocks, each flat, in their order, and what goes on to the layer below. */
export interface LayerGradients {
  readonly blocks: readonly string[];
  /** Undefined for the first layer. */
  readonly input?: string;
}

/** What the backward pass through a layer needs to know. */
export interface LayerPass {
  /** What the layer was given: `[N, inputs]` or `[members, N, inputs]`. */
  readonly input: string;
  readonly values: LayerValues;
  /** Gradient of the scores, in their shape. */
  readonly upstream: string;
  /** `[1, N]`: a product with it sums over the rows, several times quicker than `ReduceSum` does. */
  readonly ones: string;
  /** Whether the layer's input is the data, which needs no gradient. */
  readonly first: boolean;
}

/** The backward pass through one layer. */
export function addLayerGradients(
  graph: GraphBuilder,
  layer: Layer,
  tensors: LayerTensors,
  pass: LayerPass,
): LayerGradients {
  if (tensors.scales) return ensembleGradients(graph, layer, tensors, tensors.scales, pass);
  const { values, upstream, ones, first } = pass;
  const ownWeights = layer.weights.dims.length === 3;
  const perm = ownWeights ? [0, 2, 1] : [1, 0];
  const weights = graph.addNode("MatMul", [laidOut(graph, values.scaled, perm, layer.inputs), upstream]);
  const blocks = [weights, graph.addNode("MatMul", [ones, upstream])].map((value) => flat(graph, value));
  if (first) return { blocks };
  const turned = graph.addNode("Transpose", [tensors.weights], { attributes: { perm: { ints: perm } } });
  return { blocks, input: graph.addNode("MatMul", [upstream, turned]) };
}

/**
 * A transposed matrix as it lies in memory. A product with a `Transpose` alone is fused into one that reads the matrix
 * the wrong way, which takes twice as long for a left factor; the `Reshape` to the same shape keeps them apart.
 */
function laidOut(graph: GraphBuilder, value: string, perm: readonly number[], columns: number): string {
  const turned = graph.addNode("Transpose", [value], { attributes: { perm: { ints: [...perm] } } });
  const shape = perm.length === 3 ? [0, columns, -1] : [columns, -1];
  return graph.addNode("Reshape", [turned, graph.addInts(...shape)]);
}

/**
 * A hidden layer that k members share. For the first layer the gradients of weights and input scales both come from one
 * product per member, input transposed by upstream; so nothing of the size of rows by inputs is computed.
 */
function ensembleGradients(
  graph: GraphBuilder,
  { inputs, outputs }: Layer,
  { weights }: LayerTensors,
  scales: { readonly inputs: string; readonly outputs: string },
  { input, values: { scaled, product }, upstream, ones, first }: LayerPass,
): LayerGradients {
  const overRows = (value: string) => graph.addNode("MatMul", [ones, value]);
  const biases = overRows(upstream);
  const outputScales = overRows(graph.addNode("Mul", [upstream, product]));
  const productGradient = graph.addNode("Mul", [upstream, scales.outputs]);
  const done = (weightGradient: string, inputScales: string) =>
    [weightGradient, biases, inputScales, outputScales].map((value) => flat(graph, value));
  if (first) {
    const perMember = graph.addNode("MatMul", [laidOut(graph, input, [1, 0], inputs), productGradient]);
    const inputScales = sumOver(graph, graph.addNode("Mul", [perMember, weights]), -1);
    const columns = graph.addNode("Reshape", [scales.inputs, graph.addInts(-1, inputs, 1)]);
    return { blocks: done(sumOver(graph, graph.addNode("Mul", [perMember, columns]), 0), inputScales) };
  }
  const rows = (value: string, width: number) => graph.addNode("Reshape", [value, graph.addInts(-1, width)]);
  const weightGradient = graph.addNode("MatMul", [
    laidOut(graph, rows(scaled, inputs), [1, 0], inputs),
    rows(productGradient, outputs),
  ]);
  const turned = graph.addNode("Transpose", [weights], { attributes: { perm: { ints: [1, 0] } } });
  const scaledGradient = graph.addNode("MatMul", [productGradient, turned]);
  return {
    blocks: done(weightGradient, overRows(graph.addNode("Mul", [scaledGradient, input]))),
    input: graph.addNode("Mul", [scaledGradient, scales.inputs]),
  };
}

function sumOver(graph: GraphBuilder, value: string, axis: number): string {
  return graph.addNode("ReduceSum", [value, graph.addInts(axis)], { attributes: { keepdims: { int: 0 } } });
}

function flat(graph: GraphBuilder, value: string): string {
  return graph.addNode("Reshape", [value, graph.addInts(-1)]);
}
