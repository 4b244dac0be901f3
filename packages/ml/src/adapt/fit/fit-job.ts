import type { Samples } from "../../learners/learner.ts";
import { fitBoostedTrees } from "../../learners/trees/boosting/fit-boosted-trees.ts";
import { ForestGrower } from "../../learners/trees/forest/forest-grower.ts";
import { layOutForestRows } from "../../learners/trees/forest/forest-rows.ts";
import { mix } from "../../learners/trees/mix.ts";
import { predictEnsemble } from "../../learners/trees/predict-ensemble.ts";
import { softmaxRows } from "../../learners/trees/softmax-rows.ts";
import type { TreeEnsemble } from "../../learners/trees/tree.ts";
import { noRows } from "./view-rows.ts";

export interface ExtraTreesShape {
  readonly trees: number;
  readonly columnShare: number;
  readonly minLeafRows: number;
}

/** A learner to fit, and rows to answer. */
export interface FitJob {
  readonly learner: "boosting" | ExtraTreesShape;
  readonly samples: Samples;
  /** Row by row, columns as in the samples. */
  readonly rows: Float32Array;
  readonly seed: number;
  /** Whether the trees themselves are wanted. */
  readonly keepTrees?: boolean;
}

export interface FitResult {
  /** `rows × classCount` probabilities. */
  readonly answers: Float64Array;
  /** Only where asked for. */
  readonly ensemble?: TreeEnsemble;
}

const maxDepth = 1_000;
const rounds = 100;
const boosting = {
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
};

/** Does a job on one thread; the trees are those that `fitForest` and `fitBoostedTrees` grow. */
export async function runFitJob({ learner, samples, rows, seed, keepTrees }: FitJob): Promise<FitResult> {
  const rowCount = rows.length / samples.columnCount;
  if (learner === "boosting") {
    const { ensemble } = await fitBoostedTrees(samples, noRows(samples), boosting, { seed, threads: 1 });
    const margins = predictEnsemble(ensemble, rows, rowCount);
    return { answers: Float64Array.from(softmaxRows(margins, samples.classCount)), ...(keepTrees && { ensemble }) };
  }
  const ensemble = growForest(samples, learner, seed);
  return { answers: predictEnsemble(ensemble, rows, rowCount), ...(keepTrees && { ensemble }) };
}

function growForest(samples: Samples, shape: ExtraTreesShape, seed: number): TreeEnsemble {
  const settings = { ...shape, maxDepth, bootstrap: false, split: "random" } as const;
  const grower = new ForestGrower(layOutForestRows(samples, settings, 1), settings, 0);
  const { columnCount, classCount } = samples;
  return {
    columnCount,
    outputCount: classCount,
    base: new Float32Array(classCount),
    trees: Array.from({ length: shape.trees }, (_, number) => grower.grow(mix(seed, number))),
  };
}
