import type { GraphBuilder } from "../../onnx/graph-builder.ts";
import type { Encoding } from "./encoding.ts";
import { type Block, blocks, type Network } from "./layers.ts";

/** Names of one layer's tensors, in the shapes of `Layer`; for `addAffine` those of a single network are turned. */
export interface LayerTensors {
  readonly weights: string;
  readonly biases: string;
  readonly scales?: { readonly inputs: string; readonly outputs: string };
}

/** The network's parameters as constants of the graph, as `addAffine` takes them. */
export function addConstantLayers(graph: GraphBuilder, network: Network, parameters: Float32Array): LayerTensors[] {
  const tensors = blocks(network).map((block) => {
    const { data, dims } =
      network.members === 1
        ? turned(parameters, block)
        : { data: parameters.slice(block.start, block.end), dims: block.dims };
    return graph.addConstant("parameters", { type: "float32", dims, data });
  });
  return byLayer(network, tensors);
}

function turned(parameters: Float32Array, { start, dims }: Block): { data: Float32Array; dims: readonly number[] } {
  const [rows, columns] = dims;
  const data = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      data[column * rows + row] = parameters[start + row * columns + column];
    }
  }
  return { data, dims: [columns, rows] };
}

/** What `addSplitLayers` returns, as `addAffine` takes it. */
export function addTurnedLayers(
  graph: GraphBuilder,
  { members }: Network,
  layers: readonly LayerTensors[],
): readonly LayerTensors[] {
  if (members > 1) return layers;
  return layers.map(({ weights, biases }) => ({
    weights: addTranspose(graph, weights),
    biases: addTranspose(graph, biases),
  }));
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

/**
 * @param rows name of a float32 tensor `[N, encoding.inputColumns]`
 * @returns name of a float32 tensor `[encoding.outputColumns, N]`
 */
export function addEncodedColumns(graph: GraphBuilder, rows: string, encoding: Encoding): string {
  const columns = addTranspose(graph, rows);
  return encoding.addToTurned ? encoding.addToTurned(graph, columns) : columns;
}

/** Rows both ways. */
export interface EncodedRows {
  /** `[N, encoding.outputColumns]` */
  readonly values: string;
  /** `[encoding.outputColumns, N]` */
  readonly turned: string;
}

/** @param rows as of `addEncodedColumns` */
export function addEncodedRows(graph: GraphBuilder, rows: string, encoding: Encoding): EncodedRows {
  const turned = addEncodedColumns(graph, rows, encoding);
  return { values: encoding.addToTurned ? addTranspose(graph, turned) : rows, turned };
}

/** @param perm the order of the axes; without it, the two of a matrix change places */
export function addTranspose(graph: GraphBuilder, value: string, perm: readonly number[] = [1, 0]): string {
  return graph.addNode("Transpose", [value], { attributes: { perm: { ints: [...perm] } } });
}
