import { readEnsembles } from "../learners/trees/read-ensembles.ts";
import type { TreeEnsemble } from "../learners/trees/tree.ts";

/** A model that is one ensemble of trees upon columns of the file. */
export interface TreeModel {
  readonly ensemble: TreeEnsemble;
  /** Feature of the model for each column of the ensemble. */
  readonly columns: Int32Array;
}

/**
 * The trees of a model's file; undefined where other learners have a say, or the trees take computed columns.
 * @param bytes of an ONNX model
 */
export function readTreeModel(bytes: Uint8Array, featureCount: number, classCount: number): TreeModel | undefined {
  const stored = readEnsembles(bytes, featureCount).find(({ alone }) => alone);
  if (!stored?.columns || stored.ensemble.outputCount !== classCount) return undefined;
  return { ensemble: stored.ensemble, columns: stored.columns };
}
