import { confusionMatrix } from "../metrics/confusion-matrix.ts";
import { logLoss } from "../metrics/log-loss.ts";
import { macroF1 } from "../metrics/macro-f1.ts";
import { mostProbable } from "../metrics/most-probable.ts";
import type { Samples } from "./learner.ts";

export interface ValidationScores {
  readonly macroF1: number;
  /** Mean cross-entropy. */
  readonly loss: number;
}

/** Scores the probabilities of validation rows. */
export function scoreValidation(
  probabilities: Float32Array,
  { labels, classCount }: Pick<Samples, "labels" | "classCount">,
): ValidationScores {
  const confusion = confusionMatrix(labels, mostProbable(probabilities, classCount), classCount);
  return { macroF1: macroF1(confusion), loss: logLoss(probabilities, labels, classCount) };
}
