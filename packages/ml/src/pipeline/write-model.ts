import { featuresInput, noveltyOutput, probabilitiesOutput } from "../diagnose/graph-names.ts";
import type { Novelty } from "../honesty/novelty.ts";
import { encodeModel } from "../onnx/encode-model.ts";
import { GraphBuilder } from "../onnx/graph-builder.ts";
import { software } from "../software.ts";
import type { FittedPipeline } from "./fitted-pipeline.ts";

/** One graph from raw rows, or windows of them, to class probabilities, and to a novelty where there is one. */
export function modelGraph(pipeline: FittedPipeline, novelty?: Novelty): GraphBuilder {
  const graph = new GraphBuilder("systemhealer");
  const { steps = 1, used } = pipeline;
  const features = graph.addInput(featuresInput, "float32", ["N", steps * used.length]);
  const probabilities = pipeline.addTo(graph, features);
  graph.addOutput(probabilitiesOutput, probabilities, "float32", ["N", pipeline.classCount]);
  if (novelty)
    graph.addOutput(noveltyOutput, novelty.addTo(graph, lastRow(graph, features, steps, used.length)), "float32", [
      "N",
      1,
    ]);
  return graph;
}

/** The row that a window is asked about. */
function lastRow(graph: GraphBuilder, features: string, steps: number, columns: number): string {
  if (steps === 1) return features;
  const bounds = [(steps - 1) * columns, steps * columns].map((place) => graph.addInts(place));
  return graph.addNode("Slice", [features, ...bounds, graph.addInts(1)], { name: "last_row" });
}

export function writeModel(graph: GraphBuilder, metadata: Readonly<Record<string, string>>): Uint8Array {
  return encodeModel(graph, { ...software, metadata });
}
