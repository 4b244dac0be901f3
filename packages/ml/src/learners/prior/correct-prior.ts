import type { ProbabilityStep } from "../../pipeline/fitted-pipeline.ts";
import type { Samples } from "../learner.ts";
import { scaleClasses } from "./class-factors.ts";

/** Class shares of the training as the learner saw them: by the rows' weights. */
export function trainingPrior({
  labels,
  weights,
  classCount,
}: Pick<Samples, "labels" | "weights" | "classCount">): Float64Array {
  const shares = new Float64Array(classCount);
  let total = 0;
  for (let row = 0; row < labels.length; row++) {
    shares[labels[row]] += weights[row];
    total += weights[row];
  }
  return shares.map((share) => share / total);
}

/**
 * Answers as if every class were as frequent as every other: probabilities divided by the training prior and scaled to
 * a sum of 1 (M. Saerens, P. Latinne, C. Decaestecker, "Adjusting the Outputs of a Classifier to New a Priori
 * Probabilities", 2002). A class that the training lacked keeps its probability.
 */
export function correctPrior(prior: Float64Array): ProbabilityStep {
  const classCount = prior.length;
  const factors = Float32Array.from(prior, (share) => (share > 0 ? 1 / (share * classCount) : 1));
  return scaleClasses(factors);
}
