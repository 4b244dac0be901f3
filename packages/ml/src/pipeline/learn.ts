import { type AutoFit, fitAuto } from "../auto/fit-auto.ts";
import type { Leaderboard } from "../auto/leaderboard.ts";
import type { SearchProgress } from "../auto/race.ts";
import type { Calibrator } from "../honesty/calibrator.ts";
import { fitCalibrator, spreadEvenly } from "../honesty/fit-calibrator.ts";
import type { FitProgress } from "../learners/learner.ts";
import { correctPrior } from "../learners/prior/correct-prior.ts";
import type { LearnerSettings } from "../learners/registry.ts";
import type { Evaluation } from "../metrics/evaluate-predictions.ts";
import { fitPipeline, type PipelineFit } from "./fit-pipeline.ts";
import { type FittedPipeline, withStep } from "./fitted-pipeline.ts";
import type { LabelledRows } from "./prepare-rows.ts";
import type { Split } from "./stratified-split.ts";
import type { TrainingSettings } from "./training-settings.ts";

/** What a training has learned from the training and validation parts. */
export interface Learned {
  /** Calibrated, and corrected for the prior where that was ordered. */
  readonly pipeline: FittedPipeline;
  readonly calibrator: Calibrator;
  /** The fit that the report tells of: the only one, or that of the blend's greatest weight. */
  readonly main: PipelineFit;
  readonly curve: readonly FitProgress[];
  readonly bestEpoch: number;
  /** Rows that the model was fitted to. */
  readonly training: Int32Array;
  /** Rows that were only watched. */
  readonly validation: Int32Array;
  /** Where it is known already: of predictions for rows that their model had not learned from. */
  readonly validationScores?: Evaluation;
  readonly leaderboard?: Leaderboard;
}

export interface LearnOptions {
  readonly seed: number;
  readonly threads: number;
  readonly onFit?: (progress: FitProgress) => void | Promise<void>;
  readonly onSearch?: (progress: SearchProgress) => void | Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

/** Validation rows that a temperature is found on. */
const calibrationRows = 4_096;

/**
 * Learns what the settings order: one learner, stopped early by the validation part; or, with `auto`, a blend of
 * several, for which both parts are learned from.
 */
export async function learn(
  rows: LabelledRows,
  { training, validation }: Pick<Split, "training" | "validation">,
  classes: readonly string[],
  settings: TrainingSettings,
  options: LearnOptions,
): Promise<Learned> {
  const { learner, ...common } = settings;
  if (learner.learner !== "auto") return learnOne(rows, training, validation, learner, settings, options);
  const both = Int32Array.from([...training, ...validation]).sort();
  const { seed, threads, onSearch, signal } = options;
  const fit: AutoFit = await fitAuto(rows, both, classes, learner, common, {
    seed,
    threads,
    signal,
    ...(onSearch && { onProgress: onSearch }),
  });
  return {
    ...fit,
    pipeline: finish(fit.pipeline, fit.calibrator, fit.prior, settings),
    training: both,
    validation: new Int32Array(0),
    validationScores: fit.outOfFold,
  };
}

async function learnOne(
  rows: LabelledRows,
  training: Int32Array,
  validation: Int32Array,
  learner: LearnerSettings,
  settings: TrainingSettings,
  { seed, threads, onFit, signal }: LearnOptions,
): Promise<Learned> {
  const main = await fitPipeline(rows, training, validation, learner, settings, {
    seed,
    threads,
    ...(onFit && { onProgress: onFit }),
    ...(signal && { signal }),
  });
  const watched = spreadEvenly(validation.length, calibrationRows).map((place) => validation[place]);
  const calibrator = fitCalibrator(
    await main.pipeline.predict(rows.raw, watched, signal),
    watched.map((row) => rows.labels[row]),
    rows.classCount,
  );
  return {
    pipeline: finish(main.pipeline, calibrator, main.prior, settings),
    calibrator,
    main,
    ...{ curve: main.fitted.curve, bestEpoch: main.fitted.bestEpoch },
    ...{ training, validation },
  };
}

function finish(
  pipeline: FittedPipeline,
  calibrator: Calibrator,
  prior: Float64Array,
  settings: Pick<TrainingSettings, "prior">,
): FittedPipeline {
  const calibrated = withStep(pipeline, calibrator);
  return settings.prior === "uniform" ? withStep(calibrated, correctPrior(prior)) : calibrated;
}
