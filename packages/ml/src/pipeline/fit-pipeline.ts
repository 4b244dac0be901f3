import { oversample } from "../balance/smote.ts";
import { FitError, type FitOptions, type FittedLearner } from "../learners/learner.ts";
import { trainingPrior } from "../learners/prior/correct-prior.ts";
import { fitLearner, type LearnerSettings } from "../learners/registry.ts";
import { windowOf } from "../learners/window/window-settings.ts";
import { createRandom } from "../random/random.ts";
import { windowedPreparation } from "../window/windowed-preparation.ts";
import { createPipeline, type FittedPipeline } from "./fitted-pipeline.ts";
import { type FittedPreparation, type LabelledRows, prepare, samplesOf } from "./prepare-rows.ts";
import type { TrainingSettings } from "./training-settings.ts";

export interface PipelineFit {
  readonly pipeline: FittedPipeline;
  readonly prepared: FittedPreparation;
  readonly fitted: FittedLearner;
  /** Class shares as the learner saw them. */
  readonly prior: Float64Array;
  /** Rows that oversampling added. */
  readonly syntheticRows: number;
}

/** Windows hold every row several times, and are learned from in memory. */
const mostWindowBytes = 1.5 * 2 ** 30;

/**
 * Fits preprocessing and learner to the training rows and nothing else.
 * @param validation rows that early stopping watches; none: every round is run and the last one counts
 * @throws TrainingError where no column is left; FitError where the learner gives up
 */
export async function fitPipeline(
  rows: LabelledRows,
  training: Int32Array,
  validation: Int32Array,
  learner: LearnerSettings,
  settings: Omit<TrainingSettings, "learner">,
  options: FitOptions,
): Promise<PipelineFit> {
  const { signal } = options;
  const steps = windowOf(learner);
  const ofRow = await prepare(rows, training, learner.learner, settings, signal);
  const prepared = steps === 1 ? ofRow : windowed(ofRow, steps, training.length + validation.length);
  const part = (which: Int32Array) => samplesOf(rows, which, prepared.preparation, settings.classWeights, signal);
  const own = await part(training);
  const { oversampling, seed } = settings;
  const samples = oversampling === "none" ? own : await oversample(own, createRandom(seed), signal, oversampling);
  const fitted = await fitLearner(samples, await part(validation), learner, options);
  return {
    pipeline: createPipeline(prepared.preparation, fitted, rows.classCount),
    prepared,
    fitted,
    prior: trainingPrior(samples),
    syntheticRows: samples.rowCount - own.rowCount,
  };
}

/** @throws FitError where the windows of so many rows are too much */
function windowed(ofRow: FittedPreparation, steps: number, rows: number): FittedPreparation {
  const preparation = windowedPreparation(ofRow.preparation, steps);
  const bytes = 4 * rows * preparation.outputColumns;
  if (bytes > mostWindowBytes) throw new FitError("out-of-memory", { memoryMiB: Math.round(bytes / 2 ** 20) });
  return { ...ofRow, preparation };
}
