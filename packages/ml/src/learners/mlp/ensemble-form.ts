import type { GraphBuilder } from "../../onnx/graph-builder.ts";
import { addLayerGradients } from "./backward-nodes.ts";
import type { Batch } from "./batch-nodes.ts";
import type { Encoding } from "./encoding.ts";
import { addAffine, addEncodedRows, type LayerTensors, type LayerValues } from "./layer-nodes.ts";
import type { Network } from "./layers.ts";
import type { NetworkForm } from "./network-form.ts";

/** An ensemble of several members: values are `[members, N, units]`, the data `[N, columns]`. */
export function ensembleForm(
  graph: GraphBuilder,
  { layers }: Network,
  tensors: readonly LayerTensors[],
  { values: rows, ones }: Batch,
  encoding: Encoding,
): NetworkForm {
  const data = addEncodedRows(graph, rows, encoding);
  const inputs: string[] = [];
  const values: LayerValues[] = [];
  return {
    input: data.values,

    addScores(layer, input) {
      inputs[layer] = input;
      values[layer] = addAffine(graph, input, tensors[layer]);
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
