import { featuresInput, probabilitiesOutput } from "../diagnose/predictor.ts";
import type { FittedLearner } from "../learners/learner.ts";
import { encodeModel } from "../onnx/encode-model.ts";
import { GraphBuilder } from "../onnx/graph-builder.ts";
import type { Preparation } from "../preprocess/preparation.ts";
import { software } from "../software.ts";

/** One graph from raw rows to class probabilities. */
export function modelGraph(preparation: Preparation, fitted: FittedLearner, classCount: number): GraphBuilder {
  const graph = new GraphBuilder("systemhealer");
  const features = graph.addInput(featuresInput, "float32", ["N", preparation.inputColumns]);
  const probabilities = fitted.addTo(graph, preparation.addTo(graph, features));
  graph.addOutput(probabilitiesOutput, probabilities, "float32", ["N", classCount]);
  return graph;
}

export function writeModel(graph: GraphBuilder, metadata: Readonly<Record<string, string>>): Uint8Array {
  return encodeModel(graph, { ...software, metadata });
}
