import { featuresInput, openPredictor, probabilitiesOutput } from "../../../../packages/ml/src/diagnose/predictor.ts";
import { addEnsemble } from "../../../../packages/ml/src/learners/trees/ensemble-nodes.ts";
import type { TreeEnsemble } from "../../../../packages/ml/src/learners/trees/tree.ts";
import { encodeModel } from "../../../../packages/ml/src/onnx/encode-model.ts";
import { GraphBuilder } from "../../../../packages/ml/src/onnx/graph-builder.ts";

/** The ensemble's sums by onnxruntime. */
export async function runEnsemble(
  ensemble: TreeEnsemble,
  values: Float32Array,
  rowCount: number,
  finish: (graph: GraphBuilder, sums: string) => string = (_, sums) => sums,
): Promise<Float32Array> {
  const graph = new GraphBuilder("trees");
  const input = graph.addInput(featuresInput, "float32", ["N", ensemble.columnCount]);
  const output = finish(graph, addEnsemble(graph, input, ensemble));
  graph.addOutput(probabilitiesOutput, output, "float32", ["N", ensemble.outputCount]);
  const bytes = encodeModel(graph, { producer: "test", producerVersion: "1" });
  const predictor = await openPredictor(bytes, ensemble.columnCount, ensemble.outputCount, 2);
  try {
    return await predictor.predict(values, rowCount);
  } finally {
    await predictor.close();
  }
}
