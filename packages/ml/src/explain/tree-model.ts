import { readEnsembles } from "../learners/trees/read-ensembles.ts";
import type { TreeEnsemble } from "../learners/trees/tree.ts";
import { WireError } from "../onnx/wire.ts";

/** A model that is one ensemble of trees upon columns of the file. */
export interface TreeModel {
  readonly ensemble: TreeEnsemble;
  /** Feature of the model for each column of the ensemble. */
  readonly columns: Int32Array;
}

/**
 * The trees of a model's file; undefined where other learners have a say, the trees take computed columns, or the file
 * was altered.
 * @param bytes of an ONNX model
 */
export function readTreeModel(bytes: Uint8Array, featureCount: number, classCount: number): TreeModel | undefined {
  const stored = treesOf(bytes, featureCount).find(({ alone }) => alone);
  if (!stored?.columns || stored.ensemble.outputCount !== classCount) return undefined;
  return { ensemble: stored.ensemble, columns: stored.columns };
}

/** None where onnxruntime reads the file and this package does not, as of an altered one. */
function treesOf(bytes: Uint8Array, featureCount: number): ReturnType<typeof readEnsembles> {
  try {
    return readEnsembles(bytes, featureCount);
  } catch (error) {
    if (error instanceof WireError) return [];
    throw error;
  }
}
