import { featuresInput, noveltyOutput, probabilitiesOutput } from "../diagnose/predictor.ts";
import type { Novelty } from "../honesty/novelty.ts";
import type { FittedLearner } from "../learners/learner.ts";
import { encodeModel } from "../onnx/encode-model.ts";
import { GraphBuilder } from "../onnx/graph-builder.ts";
import type { Preparation } from "../preprocess/preparation.ts";
import { software } from "../software.ts";

/** One graph from raw rows to class probabilities, and to a novelty where there is one. */
export function modelGraph(
  preparation: Preparation,
  fitted: FittedLearner,
  classCount: number,
  novelty?: Novelty,
): GraphBuilder {
  const graph = new GraphBuilder("systemhealer");
  const features = graph.addInput(featuresInput, "float32", ["N", preparation.inputColumns]);
  const probabilities = fitted.addTo(graph, preparation.addTo(graph, features));
  graph.addOutput(probabilitiesOutput, probabilities, "float32", ["N", classCount]);
  if (novelty) graph.addOutput(noveltyOutput, novelty.addTo(graph, features), "float32", ["N", 1]);
  return graph;
}

export function writeModel(graph: GraphBuilder, metadata: Readonly<Record<string, string>>): Uint8Array {
  return encodeModel(graph, { ...software, metadata });
}
