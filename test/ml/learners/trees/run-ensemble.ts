import { featuresInput, probabilitiesOutput } from "../../../../packages/ml/src/diagnose/graph-names.ts";
import { openPredictor } from "../../../../packages/ml/src/diagnose/predictor.ts";
import { addEnsemble } from "../../../../packages/ml/src/learners/trees/ensemble-nodes.ts";
import type { TreeEnsemble } from "../../../../packages/ml/src/learners/trees/tree.ts";
import { encodeModel } from "../../../../packages/ml/src/onnx/encode-model.ts";
import { GraphBuilder } from "../../../../packages/ml/src/onnx/graph-builder.ts";

/** A model that is one ensemble and gives its sums. */
export function ensembleModel(
  ensemble: TreeEnsemble,
  finish: (graph: GraphBuilder, sums: string) => string = (_, sums) => sums,
): Uint8Array {
  const graph = new GraphBuilder("trees");
  const input = graph.addInput(featuresInput, "float32", ["N", ensemble.columnCount]);
  const output = finish(graph, addEnsemble(graph, input, ensemble));
  graph.addOutput(probabilitiesOutput, output, "float32", ["N", ensemble.outputCount]);
  return encodeModel(graph, { producer: "test", producerVersion: "1" });
}

/** The ensemble's sums by onnxruntime. */
export async function runEnsemble(
  ensemble: TreeEnsemble,
  values: Float32Array,
  rowCount: number,
  finish?: (graph: GraphBuilder, sums: string) => string,
): Promise<Float32Array> {
  const bytes = ensembleModel(ensemble, finish);
  const options = { threads: 2, whole: true };
  const predictor = await openPredictor(bytes, ensemble.columnCount, ensemble.outputCount, options);
  try {
    return await predictor.predict(values, rowCount);
  } finally {
    await predictor.close();
  }
}
