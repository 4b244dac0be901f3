import type { GraphBuilder } from "../../onnx/graph-builder.ts";
import { addLayerGradients } from "./backward-nodes.ts";
import type { Batch } from "./batch-nodes.ts";
import type { Encoding } from "./encoding.ts";
import { addAffine, addEncodedRows, type LayerTensors, type LayerValues } from "./layer-nodes.ts";
import type { Network } from "./layers.ts";
import type { NetworkForm } from "./network-form.ts";

/**
 * An ensemble of several members: values are `[members, N, units]`, the data `[N, columns]`.
 * @param batchSize most rows of a batch
 */
export function ensembleForm(
  graph: GraphBuilder,
  { layers }: Network,
  tensors: readonly LayerTensors[],
  { values: rows, ones }: Batch,
  encoding: Encoding,
  batchSize: number,
): NetworkForm {
  const data = addEncodedRows(graph, rows, encoding);
  const inputs: string[] = [];
  const values: LayerValues[] = [];
  return {
    input: data.values,

    addScores(layer, input) {
      inputs[layer] = input;
      const scalesWeights = layer === 0 && layers[0].outputs < batchSize;
      values[layer] = scalesWeights
        ? addScaledWeights(graph, input, tensors[0], layers[0].inputs)
        : addAffine(graph, input, tensors[layer]);
      return values[layer].scores;
    },

    addGradients(layer, upstream, inputFactor) {
      const pass = { input: inputs[layer], values: values[layer], upstream, ones, inputFactor };
      return addLayerGradients(
        graph,
        layers[layer],
        tensors[layer],
        layer === 0 ? { ...pass, turnedRows: data.turned } : pass,
      );
    },
  };
}

/** As `addAffine`, for the first layer: its weights times the members' scales are fewer numbers than its input times them. */
function addScaledWeights(
  graph: GraphBuilder,
  input: string,
  { weights, biases, scales }: LayerTensors,
  columns: number,
): LayerValues {
  if (!scales) throw new TypeError("the members of an ensemble scale its first layer");
  const perRow = graph.addNode("Reshape", [scales.inputs, graph.addInts(-1, columns, 1)]);
  const product = graph.addNode("MatMul", [input, graph.addNode("Mul", [weights, perRow])]);
  const rescaled = graph.addNode("Mul", [product, scales.outputs]);
  return { scaled: input, product, scores: graph.addNode("Add", [rescaled, biases]) };
}
