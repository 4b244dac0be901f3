import type { LearnerSettings } from "../learners/registry.ts";
import { nodesOf, shrinkForest } from "../learners/trees/forest/shrink-forest.ts";
import { type FittedTrees, fittedTrees } from "../learners/trees/tree-learner.ts";
import type { PipelineFit } from "../pipeline/fit-pipeline.ts";
import { createPipeline } from "../pipeline/fitted-pipeline.ts";

/** Nodes of all trees of a blend: onnxruntime takes some 800 bytes of memory for each. */
export const mostNodes = 150_000;

const isOfTrees = ({ learner }: LearnerSettings) =>
  learner === "gbdt" || learner === "extra-trees" || learner === "random-forest";

/**
 * How many nodes each member may have, by its weight among those that have any.
 * @param weights one per member
 */
export function nodeAllowances(members: readonly LearnerSettings[], weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight, index) => sum + (isOfTrees(members[index]) ? weight : 0), 0);
  return weights.map((weight) => (total > 0 ? (mostNodes * weight) / total : mostNodes));
}

/** Fits alike that the allowance has room for; one at least. */
export function copiesWithin({ fitted }: PipelineFit, allowance: number): number {
  const nodes = isTrees(fitted) ? nodesOf(fitted.ensemble) : 0;
  return nodes === 0 ? Number.POSITIVE_INFINITY : Math.max(1, Math.floor(allowance / nodes));
}

/** A forest that is too large becomes smaller; any other fit stays as it is. */
export function lightened(fit: PipelineFit, { learner }: LearnerSettings, allowance: number): PipelineFit {
  const { fitted, pipeline, prepared } = fit;
  if ((learner !== "extra-trees" && learner !== "random-forest") || !isTrees(fitted)) return fit;
  const ensemble = shrinkForest(fitted.ensemble, allowance);
  if (ensemble === fitted.ensemble) return fit;
  const light = fittedTrees({ ...fitted, ensemble, bestEpoch: ensemble.trees.length }, "probabilities");
  return { ...fit, fitted: light, pipeline: createPipeline(prepared.preparation, light, pipeline.classCount) };
}

function isTrees(fitted: PipelineFit["fitted"]): fitted is FittedTrees {
  return "ensemble" in fitted;
}
