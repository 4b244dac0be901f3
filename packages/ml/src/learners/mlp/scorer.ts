import { encodeModel } from "../../onnx/encode-model.ts";
import { GraphBuilder } from "../../onnx/graph-builder.ts";
import { onnxRuntime, openSession } from "../../onnx/runtime.ts";
import type { Pacer } from "../../pacer.ts";
import { software } from "../../software.ts";
import type { Samples } from "../learner.ts";
import type { Encoding } from "./encoding.ts";
import { addEncodedRows, addNetwork, addSplitLayers, addTurnedLayers } from "./layer-nodes.ts";
import type { Network } from "./layers.ts";

/** Multiplications of one run, so that it blocks the event loop for some tens of milliseconds at most. */
const multiplicationsPerRun = 5e8;

/** Computes a network's probabilities on the same rows again and again, as its parameters change. */
export interface Scorer {
  /** @returns `rowCount × classCount`, row by row */
  score(parameters: Float32Array, pacer: Pacer): Promise<Float32Array>;
  close(): Promise<void>;
}

export async function openScorer(
  rows: Samples,
  network: Network,
  encoding: Encoding,
  threads: number,
): Promise<Scorer> {
  const session = await openSession(scoringGraph(network, encoding), threads);
  const { Tensor } = onnxRuntime();
  const { columnCount, classCount, rowCount, values } = rows;
  const size = network.parameterCount;
  const rowsPerRun = Math.max(1, Math.floor(multiplicationsPerRun / (size * network.members)));

  async function score(parameters: Float32Array, pacer: Pacer): Promise<Float32Array> {
    const probabilities = new Float32Array(rowCount * classCount);
    const flat = new Tensor("float32", parameters, [size]);
    for (let first = 0; first < rowCount; first += rowsPerRun) {
      await pacer.giveWay();
      const end = Math.min(first + rowsPerRun, rowCount);
      const part = values.subarray(first * columnCount, end * columnCount);
      const feeds = { parameters: flat, values: new Tensor("float32", part, [end - first, columnCount]) };
      const outputs = await session.run(feeds);
      probabilities.set(outputs.probabilities.data as Float32Array, first * classCount);
    }
    return probabilities;
  }

  return { score, close: () => session.release() };
}

function scoringGraph(network: Network, encoding: Encoding): Uint8Array {
  const graph = new GraphBuilder("scoring");
  const values = graph.addInput("values", "float32", ["N", encoding.inputColumns]);
  const parameters = graph.addInput("parameters", "float32", [network.parameterCount]);
  const probabilities = addNetwork(
    graph,
    addEncodedRows(graph, values, encoding).values,
    network,
    addTurnedLayers(graph, network, addSplitLayers(graph, network, parameters)),
  );
  const classCount = network.layers[network.layers.length - 1].outputs;
  graph.addOutput("probabilities", probabilities, "float32", ["N", classCount]);
  return encodeModel(graph, software);
}
