import type { GraphBuilder } from "../../onnx/graph-builder.ts";
import type { Encoding } from "./encoding.ts";
import { blocks, type Network } from "./layers.ts";

/** Names of one layer's tensors, in the shapes of `Layer`. */
export interface LayerTensors {
  readonly weights: string;
  readonly biases: string;
  readonly scales?: { readonly inputs: string; readonly outputs: string };
}

/** The network's parameters as constants of the graph. */
export function addConstantLayers(graph: GraphBuilder, network: Network, parameters: Float32Array): LayerTensors[] {
  const tensors = blocks(network).map(({ start, end, dims }) =>
    graph.addConstant("parameters", { type: "float32", dims, data: parameters.slice(start, end) }),
  );
  return byLayer(network, tensors);
}

/** The network's parameters, cut out of one flat tensor, `[P]` or `[1, P]`. */
export function addSplitLayers(graph: GraphBuilder, network: Network, parameters: string): LayerTensors[] {
  const parts = blocks(network);
  const flat = graph.addNodeWithOutputs(
    "Split",
    [parameters, graph.addInts(...parts.map(({ start, end }) => end - start))],
    parts.length,
    { attributes: { axis: { int: -1 } } },
  );
  const tensors = parts.map(({ dims }, index) => graph.addNode("Reshape", [flat[index], graph.addInts(...dims)]));
  return byLayer(network, tensors);
}

function byLayer({ layers }: Network, tensors: readonly string[]): LayerTensors[] {
  let next = 0;
  return layers.map(({ scales }) => {
    const [weights, biases] = tensors.slice(next, next + 2);
    next += scales ? 4 : 2;
    return scales
      ? { weights, biases, scales: { inputs: tensors[next - 2], outputs: tensors[next - 1] } }
      : { weights, biases };
  });
}

/** What a layer computes on the way to its scores; the backward pass needs each of them. */
export interface LayerValues {
  /** The layer's input times the members' scales. */
  readonly scaled: string;
  /** Before the members' scales and biases. */
  readonly product: string;
  readonly scores: string;
}

/**
 * Scores of one layer before its activation: `[N, outputs]`, in an ensemble `[members, N, outputs]`.
 * @param input `[N, inputs]`, in an ensemble also `[members, N, inputs]`
 */
export function addAffine(graph: GraphBuilder, input: string, { weights, biases, scales }: LayerTensors): LayerValues {
  const scaled = scales ? graph.addNode("Mul", [input, scales.inputs]) : input;
  const product = graph.addNode("MatMul", [scaled, weights]);
  const rescaled = scales ? graph.addNode("Mul", [product, scales.outputs]) : product;
  return { scaled, product, scores: graph.addNode("Add", [rescaled, biases], { name: "scores" }) };
}

/**
 * The whole network without dropout.
 * @param encoded name of a float32 tensor `[N, encoding.outputColumns]`
 * @returns name of a float32 tensor `[N, classes]` of probabilities
 */
export function addNetwork(
  graph: GraphBuilder,
  encoded: string,
  { members }: Network,
  layers: readonly LayerTensors[],
): string {
  let value = encoded;
  for (const [index, layer] of layers.entries()) {
    value = addAffine(graph, value, layer).scores;
    if (index < layers.length - 1) value = graph.addNode("Relu", [value]);
  }
  const probabilities = graph.addNode("Softmax", [value], { attributes: { axis: { int: -1 } } });
  if (members === 1) return probabilities;
  return graph.addNode("ReduceMean", [probabilities], { attributes: { axes: { ints: [0] }, keepdims: { int: 0 } } });
}

/** Rows both ways; turned ones need no more work to be the left factor of a product. */
export interface EncodedRows {
  /** `[N, encoding.outputColumns]` */
  readonly values: string;
  /** `[encoding.outputColumns, N]` */
  readonly turned: string;
}

/** @param rows name of a float32 tensor `[N, encoding.inputColumns]` */
export function addEncodedRows(graph: GraphBuilder, rows: string, encoding: Encoding): EncodedRows {
  const columns = addLaidOutTranspose(graph, rows, [1, 0], encoding.inputColumns);
  if (!encoding.addToTurned) return { values: rows, turned: columns };
  const turned = encoding.addToTurned(graph, columns);
  return { values: graph.addNode("Transpose", [turned], { attributes: { perm: { ints: [1, 0] } } }), turned };
}

/**
 * A transposed matrix as it lies in memory. A product with a `Transpose` alone is fused into one that reads the matrix
 * the wrong way, which takes twice as long for a left factor; the `Reshape` to the same shape keeps them apart.
 */
export function addLaidOutTranspose(
  graph: GraphBuilder,
  value: string,
  perm: readonly number[],
  columns: number,
): string {
  const turned = graph.addNode("Transpose", [value], { attributes: { perm: { ints: [...perm] } } });
  const shape = perm.length === 3 ? [0, columns, -1] : [columns, -1];
  return graph.addNode("Reshape", [turned, graph.addInts(...shape)]);
}
