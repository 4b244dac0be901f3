import { featuresInput, noveltyOutput, probabilitiesOutput } from "../diagnose/predictor.ts";
import type { Novelty } from "../honesty/novelty.ts";
import { encodeModel } from "../onnx/encode-model.ts";
import { GraphBuilder } from "../onnx/graph-builder.ts";
import { software } from "../software.ts";
import type { FittedPipeline } from "./fitted-pipeline.ts";

/** One graph from raw rows to class probabilities, and to a novelty where there is one. */
export function modelGraph(pipeline: FittedPipeline, novelty?: Novelty): GraphBuilder {
  const graph = new GraphBuilder("systemhealer");
  const features = graph.addInput(featuresInput, "float32", ["N", pipeline.used.length]);
  const probabilities = pipeline.addTo(graph, features);
  graph.addOutput(probabilitiesOutput, probabilities, "float32", ["N", pipeline.classCount]);
  if (novelty) graph.addOutput(noveltyOutput, novelty.addTo(graph, features), "float32", ["N", 1]);
  return graph;
}

export function writeModel(graph: GraphBuilder, metadata: Readonly<Record<string, string>>): Uint8Array {
  return encodeModel(graph, { ...software, metadata });
}
