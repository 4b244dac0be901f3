import { accuracy } from "../metrics/accuracy.ts";
import { confusionMatrix } from "../metrics/confusion-matrix.ts";
import { logLoss } from "../metrics/log-loss.ts";
import { macroF1 } from "../metrics/macro-f1.ts";
import { mostProbable } from "../metrics/most-probable.ts";

export interface FoldScore {
  readonly macroF1: number;
  readonly accuracy: number;
  /** Mean cross-entropy. */
  readonly loss: number;
}

/** Scores the probabilities of a fold's rows. */
export function scoreFold(probabilities: Float32Array, actual: Int32Array, classCount: number): FoldScore {
  const confusion = confusionMatrix(actual, mostProbable(probabilities, classCount), classCount);
  return {
    macroF1: macroF1(confusion),
    accuracy: accuracy(confusion),
    loss: logLoss(probabilities, actual, classCount),
  };
}

/** 0 where there is no number. */
export function meanOf(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/** Standard deviation of the numbers as they are, as numpy's `std`. */
export function spreadOf(numbers: readonly number[]): number {
  const mean = meanOf(numbers);
  return Math.sqrt(meanOf(numbers.map((number) => (number - mean) ** 2)));
}
