import type { Samples } from "../../learners/learner.ts";
import { fitForest } from "../../learners/trees/forest/fit-forest.ts";
import { predictEnsemble } from "../../learners/trees/predict-ensemble.ts";
import type { InferenceOptions } from "../task.ts";

export interface ExtraTreesShape {
  readonly trees: number;
  readonly columnShare: number;
  readonly minLeafRows: number;
}

const maxDepth = 1_000;

/**
 * Fits extra trees and answers with the probabilities of some rows.
 * @param rows row by row, columns as in the samples
 * @returns `rowCount × classCount`
 */
export async function fitExtraTrees(
  samples: Samples,
  rows: Float32Array,
  shape: ExtraTreesShape,
  { seed, threads, signal }: InferenceOptions,
): Promise<Float64Array> {
  const { ensemble } = await fitForest(
    samples,
    noRows(samples),
    { ...shape, maxDepth, bootstrap: false, split: "random" },
    { seed, threads, ...(signal && { signal }) },
  );
  return predictEnsemble(ensemble, rows, rows.length / samples.columnCount);
}

export function noRows({ columnCount, classCount }: Samples): Samples {
  return {
    rowCount: 0,
    columnCount,
    classCount,
    values: new Float32Array(0),
    labels: new Int32Array(0),
    weights: new Float32Array(0),
  };
}
