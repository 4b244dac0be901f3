import type { FitOptions } from "../learners/learner.ts";
import { fitLearner, type LearnerSettings } from "../learners/registry.ts";
import { evaluatePredictions } from "../metrics/evaluate-predictions.ts";
import { mostProbable } from "../metrics/most-probable.ts";
import { createPacer } from "../pacer.ts";
import { type LabelledRows, prepare, samplesOf } from "./prepare-rows.ts";
import type { Baseline } from "./report.ts";
import type { Split } from "./stratified-split.ts";
import type { TrainingSettings } from "./training-settings.ts";

const mostRows = 20_000;
const rowsPerSlice = 64;
const learners: readonly LearnerSettings[] = [{ learner: "majority" }, { learner: "linear", l2: 1, iterations: 100 }];

/**
 * Macro-F1 and accuracy of the learners that any other must beat, each with its own preprocessing. They are fitted to
 * at most 20,000 rows of the training part and scored on the whole test part.
 */
export async function evaluateBaselines(
  rows: LabelledRows,
  split: Split,
  classes: readonly string[],
  settings: TrainingSettings,
  options: Pick<FitOptions, "seed" | "threads"> & { readonly signal?: AbortSignal | undefined },
): Promise<Baseline[]> {
  const step = Math.ceil(split.training.length / mostRows);
  const trainingRows = split.training.filter((_, index) => index % step === 0);
  const own = { ...settings, scaler: "auto", imputer: "auto", selection: "auto" } as const;
  const { signal } = options;
  const baselines: Baseline[] = [];
  for (const learner of learners) {
    const { preparation } = await prepare(rows, trainingRows, learner.learner, own, signal);
    const part = (which: Int32Array) => samplesOf(rows, which, preparation, settings.classWeights, signal);
    const { seed, threads } = options;
    const fitted = await fitLearner(await part(trainingRows), await part(split.validation), learner, {
      seed,
      threads,
      ...(signal && { signal }),
    });
    const test = await part(split.test);
    const pacer = createPacer(signal);
    const predicted = new Int32Array(test.rowCount);
    for (let first = 0; first < test.rowCount; first += rowsPerSlice) {
      await pacer.giveWay();
      const count = Math.min(rowsPerSlice, test.rowCount - first);
      const values = test.values.subarray(first * test.columnCount, (first + count) * test.columnCount);
      predicted.set(mostProbable(fitted.predict(values, count), test.classCount), first);
    }
    const { macroF1, accuracy } = evaluatePredictions(test.labels, predicted, classes);
    baselines.push({ learner: learner.learner, macroF1, accuracy });
  }
  return baselines;
}
