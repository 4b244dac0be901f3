import type { GraphBuilder } from "../../onnx/graph-builder.ts";
import type { LayerTensors, LayerValues } from "./layer-nodes.ts";
import type { Layer } from "./layers.ts";

/** Gradients of one layer's blocks, each flat, in their order, and what goes on to the layer below. */
export interface LayerGradients {
  readonly blocks: readonly string[];
  /** Undefined for the first layer. */
  readonly input?: string;
}

/**
 * The backward pass through one layer.
 * @param input what the layer was given: `[N, inputs]` or `[members, N, inputs]`
 * @param upstream gradient of the scores, in their shape
 * @param first whether the layer's input is the data, which needs no gradient
 */
export function addLayerGradients(
  graph: GraphBuilder,
  layer: Layer,
  tensors: LayerTensors,
  input: string,
  values: LayerValues,
  upstream: string,
  first: boolean,
): LayerGradients {
  if (tensors.scales) return ensembleGradients(graph, layer, tensors, tensors.scales, input, values, upstream, first);
  const overRows = (value: string) => sumOver(graph, value, -2);
  const ownWeights = layer.weights.dims.length === 3;
  const turned = (value: string) =>
    graph.addNode("Transpose", [value], { attributes: { perm: { ints: ownWeights ? [0, 2, 1] : [1, 0] } } });
  const weights = graph.addNode("MatMul", [turned(values.scaled), upstream]);
  const blocks = [weights, overRows(upstream)].map((value) => flat(graph, value));
  if (first) return { blocks };
  return { blocks, input: graph.addNode("MatMul", [upstream, turned(tensors.weights)]) };
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
  input: string,
  { scaled, product }: LayerValues,
  upstream: string,
  first: boolean,
): LayerGradients {
  const overRows = (value: string) => sumOver(graph, value, -2);
  const biases = overRows(upstream);
  const outputScales = overRows(graph.addNode("Mul", [upstream, product]));
  const productGradient = graph.addNode("Mul", [upstream, scales.outputs]);
  const done = (weightGradient: string, inputScales: string) =>
    [weightGradient, biases, inputScales, outputScales].map((value) => flat(graph, value));
  if (first) {
    const turned = graph.addNode("Transpose", [input], { attributes: { perm: { ints: [1, 0] } } });
    const perMember = graph.addNode("MatMul", [turned, productGradient]);
    const inputScales = sumOver(graph, graph.addNode("Mul", [perMember, weights]), -1);
    const columns = graph.addNode("Reshape", [scales.inputs, graph.addInts(-1, inputs, 1)]);
    return { blocks: done(sumOver(graph, graph.addNode("Mul", [perMember, columns]), 0), inputScales) };
  }
  const rows = (value: string, width: number) => graph.addNode("Reshape", [value, graph.addInts(-1, width)]);
  const weightGradient = graph.addNode("Gemm", [rows(scaled, inputs), rows(productGradient, outputs)], {
    attributes: { transA: { int: 1 } },
  });
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
