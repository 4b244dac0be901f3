import type { Samples } from "../../learners/learner.ts";
import { fitBoostedTrees } from "../../learners/trees/boosting/fit-boosted-trees.ts";
import { predictEnsemble } from "../../learners/trees/predict-ensemble.ts";
import { softmaxRows } from "../../learners/trees/softmax-rows.ts";
import type { InferenceOptions } from "../task.ts";
import { noRows } from "./fit-extra-trees.ts";

const rounds = 100;

/**
 * Fits boosted trees and answers with the probabilities of some rows.
 * @param rows row by row, columns as in the samples
 * @returns `rowCount × classCount`
 */
export async function fitBoosting(
  samples: Samples,
  rows: Float32Array,
  { seed, threads, signal }: InferenceOptions,
): Promise<Float64Array> {
  const { ensemble } = await fitBoostedTrees(
    samples,
    noRows(samples),
    {
      rounds,
      learningRate: 0.08,
      leaves: 8,
      bins: 255,
      l2: 0,
      minLeafRows: 10,
      minLeafHessian: 1e-3,
      columnShare: 0.3,
      rowShare: 0.8,
      patience: rounds,
    },
    { seed, threads, ...(signal && { signal }) },
  );
  const margins = predictEnsemble(ensemble, rows, rows.length / samples.columnCount);
  return Float64Array.from(softmaxRows(margins, samples.classCount));
}
