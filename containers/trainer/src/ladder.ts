import type { TrainingSettings } from "@systemhealer/contract/training-settings";

/** Tries of one training: the order as it was given, a calmer one, a calmer and smaller one. */
export const maxAttempts = 3;

/**
 * The settings of the next try after one whose loss was no number any more: first a learning rate ten times smaller,
 * then a network of half the width too.
 * @param attempt number of the try that comes next, from 2
 */
export function nextRung(order: TrainingSettings, attempt: number): TrainingSettings | undefined {
  if (attempt > maxAttempts) return undefined;
  const { learner } = order;
  if (!("learningRate" in learner && "hiddenUnits" in learner)) return undefined;
  const learningRate = learner.learningRate / 10;
  if (attempt === 2) return { ...order, learner: { ...learner, learningRate } };
  const hiddenUnits = learner.hiddenUnits.map((units) => Math.max(1, Math.ceil(units / 2)));
  return { ...order, learner: { ...learner, learningRate, hiddenUnits } };
}

/** What an attempt's record calls the learner. */
export function describeLearner({ learner }: TrainingSettings): string {
  if (!("hiddenUnits" in learner)) return learner.learner;
  return `${learner.learner} ${learner.hiddenUnits.join("×")}, learning rate ${learner.learningRate}`;
}
