import type { Samples } from "../../learners/learner.ts";
import { fitBoostedTrees } from "../../learners/trees/boosting/fit-boosted-trees.ts";
import { ForestGrower } from "../../learners/trees/forest/forest-grower.ts";
import { layOutForestRows } from "../../learners/trees/forest/forest-rows.ts";
import { mix } from "../../learners/trees/mix.ts";
import { predictEnsemble } from "../../learners/trees/predict-ensemble.ts";
import { softmaxRows } from "../../learners/trees/softmax-rows.ts";
import type { Tree, TreeEnsemble } from "../../learners/trees/tree.ts";
import { createRandom } from "../../random/random.ts";
import { drawForGaps } from "./draw-for-gaps.ts";
import { predictThroughGaps } from "./predict-through-gaps.ts";
import { noRows } from "./view-rows.ts";

export interface ForestShape {
  readonly trees: number;
  readonly columnShare: number;
  readonly minLeafRows: number;
  /** Default `random`: extra trees; `best` makes a random forest, each tree of rows drawn with replacement. */
  readonly split?: "best" | "random";
  /**
   * Default `none`: gaps are for the trees to see, or there are none. `averaged`: trees learn from numbers drawn in
   * their place, and answers are the mean over what a gap may hide.
   */
  readonly gaps?: "none" | "averaged";
}

/** A learner to fit, and rows to answer. */
export interface FitJob {
  readonly learner: "boosting" | ForestShape;
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
const fillings = 3;
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
  const ensemble =
    learner.gaps === "averaged" ? growThroughGaps(samples, learner, seed) : growForest(samples, learner, seed);
  const answers =
    learner.gaps === "averaged" ? predictThroughGaps(ensemble, rows) : predictEnsemble(ensemble, rows, rowCount);
  return { answers, ...(keepTrees && { ensemble }) };
}

function growForest(samples: Samples, shape: ForestShape, seed: number): TreeEnsemble {
  const { columnCount, classCount } = samples;
  const base = new Float32Array(classCount);
  return { columnCount, outputCount: classCount, base, trees: growTrees(samples, shape, seed, 0, shape.trees) };
}

/** A forest in which every third of the trees sees other numbers in place of the gaps. */
function growThroughGaps(samples: Samples, shape: ForestShape, seed: number): TreeEnsemble {
  const { columnCount, classCount, values } = samples;
  const random = createRandom(seed);
  const base = new Float32Array(classCount);
  const trees: Tree[] = [];
  for (let filling = 1; filling <= fillings; filling++) {
    const filled = { ...samples, values: drawForGaps(values, columnCount, random) };
    trees.push(...growTrees(filled, shape, seed, trees.length, Math.round((shape.trees * filling) / fillings)));
  }
  return { columnCount, outputCount: classCount, base, trees };
}

/** The trees of a forest from one number to another. */
function growTrees(samples: Samples, shape: ForestShape, seed: number, first: number, end: number): Tree[] {
  const { trees, columnShare, minLeafRows, split = "random" } = shape;
  const settings = { trees, columnShare, minLeafRows, maxDepth, bootstrap: split === "best", split };
  const grower = new ForestGrower(layOutForestRows(samples, settings, 1), settings, 0);
  return Array.from({ length: end - first }, (_, place) => grower.grow(mix(seed, first + place)));
}
