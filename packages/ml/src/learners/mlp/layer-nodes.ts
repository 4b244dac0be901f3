import type { GraphBuilder } from "../../onnx/graph-builder.ts";
import type { Layer } from "./layers.ts";

/** Names of one layer's tensors: weights `[inputs, outputs]`, biases `[outputs]`. */
export interface LayerTensors {
  readonly weights: string;
  readonly biases: string;
}

/** The layers' parameters as constants of the graph. */
export function addConstantLayers(
  graph: GraphBuilder,
  layers: readonly Layer[],
  parameters: Float32Array,
): LayerTensors[] {
  return layers.map(({ inputs, outputs, weightsStart, biasesStart, end }) => ({
    weights: graph.addConstant("weights", {
      type: "float32",
      dims: [inputs, outputs],
      data: parameters.slice(weightsStart, biasesStart),
    }),
    biases: graph.addConstant("biases", {
      type: "float32",
      dims: [outputs],
      data: parameters.slice(biasesStart, end),
    }),
  }));
}

/** The layers' parameters, cut out of one flat tensor. */
export function addSplitLayers(graph: GraphBuilder, layers: readonly Layer[], parameters: string): LayerTensors[] {
  const sizes = layers.flatMap(({ inputs, outputs }) => [inputs * outputs, outputs]);
  const parts = graph.addNodeWithOutputs("Split", [parameters, graph.addInts(...sizes)], sizes.length, {
    attributes: { axis: { int: 0 } },
  });
  return layers.map(({ inputs, outputs }, index) => ({
    weights: graph.addNode("Reshape", [parts[2 * index], graph.addInts(inputs, outputs)]),
    biases: parts[2 * index + 1],
  }));
}

/** Scores of one layer before its activation. */
export function addAffine(graph: GraphBuilder, input: string, { weights, biases }: LayerTensors): string {
  return graph.addNode("Gemm", [input, weights, biases], { name: "scores" });
}

/**
 * The whole network without dropout.
 * @returns name of a float32 tensor `[N, classes]` of probabilities
 */
export function addNetwork(graph: GraphBuilder, input: string, layers: readonly LayerTensors[]): string {
  let value = input;
  for (const [index, layer] of layers.entries()) {
    value = addAffine(graph, value, layer);
    if (index < layers.length - 1) value = graph.addNode("Relu", [value]);
  }
  return graph.addNode("Softmax", [value], { attributes: { axis: { int: -1 } } });
}
