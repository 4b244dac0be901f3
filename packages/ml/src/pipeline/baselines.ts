import type { LearnerSettings } from "../learners/registry.ts";
import { evaluatePredictions } from "../metrics/evaluate-predictions.ts";
import { mostProbable } from "../metrics/most-probable.ts";
import { fitPipeline } from "./fit-pipeline.ts";
import type { LabelledRows } from "./prepare-rows.ts";
import type { Baseline } from "./report.ts";
import type { Split } from "./stratified-split.ts";
import type { TrainingSettings } from "./training-settings.ts";

const mostRows = 20_000;
const learners: readonly LearnerSettings[] = [{ learner: "majority" }, { learner: "linear", l2: 1, iterations: 100 }];

export interface BaselineOptions {
  readonly seed: number;
  readonly threads: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Macro-F1 and accuracy of the learners that any other must beat, each with its own preprocessing. They are fitted to
 * at most 20,000 rows of the training part and scored on the whole test part.
 */
export async function evaluateBaselines(
  rows: LabelledRows,
  split: Split,
  classes: readonly string[],
  settings: TrainingSettings,
  { seed, threads, signal }: BaselineOptions,
): Promise<Baseline[]> {
  const step = Math.ceil(split.training.length / mostRows);
  const training = split.training.filter((_, index) => index % step === 0);
  const own = {
    ...settings,
    ...({ scaler: "auto", imputer: "auto", selection: "auto", oversampling: "none" } as const),
  };
  const actual = split.test.map((row) => rows.labels[row]);
  const baselines: Baseline[] = [];
  for (const learner of learners) {
    const options = { seed, threads, ...(signal && { signal }) };
    const { pipeline } = await fitPipeline(rows, training, split.validation, learner, own, options);
    const predicted = mostProbable(await pipeline.predict(rows.raw, split.test, signal), classes.length);
    const { macroF1, accuracy } = evaluatePredictions(actual, predicted, classes);
    baselines.push({ learner: learner.learner, macroF1, accuracy });
  }
  return baselines;
}
