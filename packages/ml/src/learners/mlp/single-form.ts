import type { GraphBuilder } from "../../onnx/graph-builder.ts";
import type { Batch } from "./batch-nodes.ts";
import type { Encoding } from "./encoding.ts";
import { addEncodedColumns, addTranspose, type LayerTensors } from "./layer-nodes.ts";
import type { Network } from "./layers.ts";
import type { NetworkForm } from "./network-form.ts";

/**
 * A network of one member: values stand in columns, `[units, N]`, one for each row of the batch. That way products take
 * every factor as it lies, but for right ones that are turned, which costs nothing, and weights on the way back.
 */
export function singleForm(
  graph: GraphBuilder,
  { layers }: Network,
  tensors: readonly LayerTensors[],
  batch: Batch,
  encoding: Encoding,
): NetworkForm {
  const last = layers.length - 1;
  const classCount = layers[last].outputs;
  // Rows that need no encoding stay as they are, `[N, inputs]`.
  const inRows = !encoding.addToTurned;
  const inputs: string[] = [];
  const ones = graph.addNode("Reshape", [batch.ones, graph.addInts(-1, 1)]);
  const flat = (value: string) => graph.addNode("Reshape", [value, graph.addInts(1, -1)]);
  return {
    input: inRows ? batch.values : addEncodedColumns(graph, batch.values, encoding),

    addScores(layer, input) {
      inputs[layer] = input;
      const { weights, biases } = tensors[layer];
      const turned = layer === 0 && inRows;
      const scores = addProduct(graph, [weights, input, biases], turned);
      if (layer < last) return scores;
      // The same shape again keeps onnxruntime from computing the softmax along the first axis, which takes twice as long.
      return graph.addNode("Reshape", [addTranspose(graph, scores), graph.addInts(-1, classCount)]);
    },

    addGradients(layer, upstream, factor) {
      const scores = layer === last ? addTranspose(graph, upstream) : upstream;
      const turned = layer > 0 || !inRows;
      const weights = addProduct(graph, [scores, inputs[layer]], turned);
      const biases = graph.addNode("MatMul", [scores, ones]);
      const blocks = [flat(weights), flat(biases)];
      if (layer === 0) return { blocks };
      const input = graph.addNode("MatMul", [addTranspose(graph, tensors[layer].weights), scores]);
      return { blocks, input: graph.addNode("Mul", [input, factor]) };
    },
  };
}

/** @param turned the right factor, to be multiplied as its transpose */
function addProduct(graph: GraphBuilder, factors: readonly string[], turned: boolean): string {
  return graph.addNode("Gemm", factors, { attributes: { transB: { int: turned ? 1 : 0 } } });
}
