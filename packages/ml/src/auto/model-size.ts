import type { LearnerSettings } from "../learners/registry.ts";
import { nodesOf, shrinkForest } from "../learners/trees/forest/shrink-forest.ts";
import { type FittedTrees, fittedTrees } from "../learners/trees/tree-learner.ts";
import type { PipelineFit } from "../pipeline/fit-pipeline.ts";
import { createPipeline } from "../pipeline/fitted-pipeline.ts";

/** Nodes of all trees of a blend: onnxruntime takes some 800 bytes of memory for each. */
export const mostNodes = 150_000;

/** Boosted ensembles alike but for their seed that are averaged at most. */
export const mostCopies = 4;
/** Share of the nodes that boosted trees may take for copies. */
const copiesShare = 0.5;
/** Share of the nodes that forests have whatever boosted trees take. */
const leastForestShare = 0.1;

const isForest = ({ learner }: LearnerSettings) => learner === "extra-trees" || learner === "random-forest";

/**
 * How many nodes each member may have. Boosted trees need what they need, and have room for as many copies as half of
 * the nodes hold; forests, which answer nearly as well with smaller trees, share what is left by their weights.
 * @param weights one per member
 */
export function nodeAllowances(
  members: readonly LearnerSettings[],
  weights: readonly number[],
  classCount: number,
): number[] {
  const needs = members.map((member, index) => (weights[index] > 0 ? boostedNodes(member, classCount) : 0));
  const need = needs.reduce((sum, nodes) => sum + nodes, 0);
  const forests = members.reduce((sum, member, index) => sum + (isForest(member) ? weights[index] : 0), 0);
  const room = forests > 0 ? copiesShare * mostNodes : mostNodes;
  const copies = need > 0 ? Math.min(mostCopies, Math.max(1, Math.floor(room / need))) : 0;
  const left = Math.max(leastForestShare * mostNodes, mostNodes - copies * need);
  return members.map((member, index) => {
    if (isForest(member) && forests > 0) return (left * weights[index]) / forests;
    return member.learner === "gbdt" ? copies * needs[index] : mostNodes;
  });
}

/** At most; of one copy. */
function boostedNodes(member: LearnerSettings, classCount: number): number {
  if (member.learner !== "gbdt") return 0;
  return member.rounds * (2 * member.leaves - 1) * (classCount === 2 ? 1 : classCount);
}

/** Fits alike that the allowance has room for; one at least. */
export function copiesWithin({ fitted }: PipelineFit, allowance: number): number {
  const nodes = isTrees(fitted) ? nodesOf(fitted.ensemble) : 0;
  return nodes === 0 ? Number.POSITIVE_INFINITY : Math.max(1, Math.floor(allowance / nodes));
}

/** A forest that is too large becomes smaller; any other fit stays as it is. */
export function lightened(fit: PipelineFit, learner: LearnerSettings, allowance: number): PipelineFit {
  const { fitted, pipeline, prepared } = fit;
  if (!isForest(learner) || !isTrees(fitted)) return fit;
  const ensemble = shrinkForest(fitted.ensemble, allowance);
  if (ensemble === fitted.ensemble) return fit;
  const light = fittedTrees({ ...fitted, ensemble, bestEpoch: ensemble.trees.length }, "probabilities");
  return { ...fit, fitted: light, pipeline: createPipeline(prepared.preparation, light, pipeline.classCount) };
}

function isTrees(fitted: PipelineFit["fitted"]): fitted is FittedTrees {
  return "ensemble" in fitted;
}
