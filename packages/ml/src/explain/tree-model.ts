import { readEnsembles } from "../learners/trees/read-ensembles.ts";
import type { TreeEnsemble } from "../learners/trees/tree.ts";

/** A model that is one ensemble of trees upon columns of the file. */
export interface TreeModel {
  readonly ensemble: TreeEnsemble;
  /** Feature of the model for each column of the ensemble. */
  readonly columns: Int32Array;
}

const treeLearners: ReadonlySet<string> = new Set(["gbdt", "random-forest", "extra-trees"]);

/**
 * The trees of a model's file; undefined where it is another learner, or a blend.
 * @param bytes of an ONNX model
 */
export function readTreeModel(
  bytes: Uint8Array,
  learner: string,
  featureCount: number,
  classCount: number,
): TreeModel | undefined {
  if (!treeLearners.has(learner)) return undefined;
  const ensembles = readEnsembles(bytes, featureCount).filter(({ ensemble }) => ensemble.outputCount === classCount);
  const [stored] = ensembles;
  if (ensembles.length !== 1 || !stored.columns) return undefined;
  return { ensemble: stored.ensemble, columns: stored.columns };
}
