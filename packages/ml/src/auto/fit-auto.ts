import type { Calibrator } from "../honesty/calibrator.ts";
import { fitCalibrator, spreadEvenly } from "../honesty/fit-calibrator.ts";
import { blendPipelines } from "../learners/blend/blend-pipelines.ts";
import { blendProbabilities } from "../learners/blend/blend-probabilities.ts";
import { type Blend, chooseBlend } from "../learners/blend/choose-blend.ts";
import type { FitProgress } from "../learners/learner.ts";
import { scaleClasses } from "../learners/prior/class-factors.ts";
import { fitClassFactors } from "../learners/prior/fit-class-factors.ts";
import type { LearnerSettings } from "../learners/registry.ts";
import { type Evaluation, evaluatePredictions } from "../metrics/evaluate-predictions.ts";
import { mostProbable } from "../metrics/most-probable.ts";
import type { PipelineFit } from "../pipeline/fit-pipeline.ts";
import { type FittedPipeline, withStep } from "../pipeline/fitted-pipeline.ts";
import type { LabelledRows } from "../pipeline/prepare-rows.ts";
import { stratifiedFolds } from "../pipeline/stratified-folds.ts";
import type { TrainingSettings } from "../pipeline/training-settings.ts";
import { createRandom } from "../random/random.ts";
import type { AutoSettings } from "./auto-settings.ts";
import type { Contender } from "./contender.ts";
import { estimateSeconds, type Shape } from "./fit-cost.ts";
import { fitMembers, fitOthers, searchShare } from "./last-fits.ts";
import type { Leaderboard } from "./leaderboard.ts";
import { entriesOf } from "./leaderboard-entries.ts";
import { type Plan, planSearch, searchFits } from "./plan.ts";
import { type Race, race, type SearchProgress } from "./race.ts";
import type { Standing } from "./standings.ts";
import { openBudget } from "./time-budget.ts";

export interface AutoOptions {
  readonly seed: number;
  readonly threads: number;
  /** Fit also the candidates that are not in the blend, as far as the time allows. */
  readonly fitAll?: boolean;
  /** Awaited. */
  readonly onProgress?: (progress: SearchProgress) => void | Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

export interface AutoFit {
  /**
   * The blend of what was fitted to all rows, its classes scaled to how often they occurred among rows that the members
   * had not learned from; neither calibrated nor corrected for its prior.
   */
  readonly pipeline: FittedPipeline;
  readonly calibrator: Calibrator;
  /** Class shares as the members saw them, by their weights, scaled as the classes are. */
  readonly prior: Float64Array;
  /** Of the blend's predictions for rows that its members had not learned from. */
  readonly outOfFold: Evaluation;
  readonly leaderboard: Leaderboard;
  /** The last fit of the member with the greatest weight. */
  readonly main: PipelineFit;
  /** Each learner for itself, as it was fitted to all rows, the blend's members first. */
  readonly fitted: readonly { readonly candidate: LearnerSettings; readonly pipeline: FittedPipeline }[];
  /** How the early stopping of that member went. */
  readonly curve: readonly FitProgress[];
  readonly bestEpoch: number;
}

/** Probabilities that the weights of the blend are found on. */
const mostProbabilities = 2 ** 17;
/** Probabilities that the factors of the classes are found on. */
const mostScaledProbabilities = 2 ** 20;
/** The last fits are on all rows, a fold's on those of the others; and time has to be left for what comes after. */
const spareFactor = 1.2;

/**
 * Compares learners on the same folds under a time budget, blends the best by their out-of-fold predictions, and fits
 * the blend's members to all rows.
 * @param which the rows to learn from; nothing else is looked at
 * @throws what made the first candidate fail, where all failed
 */
export async function fitAuto(
  rows: LabelledRows,
  which: Int32Array,
  classes: readonly string[],
  auto: AutoSettings,
  settings: Omit<TrainingSettings, "learner">,
  options: AutoOptions,
): Promise<AutoFit> {
  const { signal, threads, seed } = options;
  const budget = openBudget(auto.budgetSeconds);
  const shape: Shape = { rows: which.length, columns: rows.raw.columnCount, classes: classes.length };
  const plan = planSearch(shape, auto.budgetSeconds, foldCount(auto.folds, which.length), threads);
  const compared = pick(rows, which, plan.rows, seed);
  const lastFitFactor = (spareFactor * which.length * plan.folds) / (compared.length * (plan.folds - 1));
  const progress = progressOf(plan, shape, threads, options);
  const raced = await race(rows, compared, plan.candidates, plan.folds, settings, {
    seed,
    threads,
    budget,
    lastFitFactor,
    ...progress,
    signal,
  });
  const scored = raced.contenders.filter(({ status }) => status === "scored");
  if (scored.length === 0) throw raced.failure ?? new RangeError("no candidate was compared");
  const { blend, calibrators, labels, parts } = await weigh(raced, scored, rows, seed, signal);
  const { contenders } = raced;
  const last = { seed, threads, budget, lastFitFactor, contenders, signal, onProgress: options.onProgress };
  const shares = { weights: blend.weights, calibrators };
  const members = await fitMembers(rows, which, compared, scored, shares, settings, last);
  const others = options.fitAll ? await fitOthers(rows, which, contenders, members, settings, last) : [];
  const weights = scored.map((contender) => members.find((each) => each.contender === contender)?.weight ?? 0);
  const used = members.map(({ contender }) => parts[scored.indexOf(contender)]);
  const outOfFold = blendProbabilities(
    used,
    members.map(({ weight }) => weight),
    classes.length,
    blend.mean,
  );
  const calibrator = fitCalibrator(outOfFold, labels, classes.length);
  const factors = classFactors(calibrator.apply(outOfFold), labels, classes.length);
  // The temperature comes after the factors, which were found behind it.
  const scale = scaleClasses(factors.map((factor) => factor ** calibrator.temperature));
  const evaluation = evaluatePredictions(labels, mostProbable(scale.apply(outOfFold), classes.length), classes);
  const [main] = members;
  return {
    pipeline: withStep(blendPipelines(members, blend.mean), scale),
    calibrator,
    prior: sharesOf(
      main.fit.prior.map(
        (_, label) => factors[label] * members.reduce((sum, { fit, weight }) => sum + weight * fit.prior[label], 0),
      ),
    ),
    outOfFold: evaluation,
    leaderboard: {
      folds: raced.folds.length,
      budgetSeconds: auto.budgetSeconds,
      seconds: budget.elapsed(),
      rows: compared.length,
      mean: blend.mean,
      macroF1: evaluation.macroF1,
      accuracy: evaluation.accuracy,
      entries: entriesOf(raced, plan, scored, weights, settings),
    },
    main: main.fit,
    fitted: [...members.map(({ contender, pipeline }) => ({ candidate: contender.candidate, pipeline })), ...others],
    curve: main.contender.curve.length > 0 ? main.contender.curve : drawable(main.fit.fitted.curve),
    bestEpoch: main.contender.bestEpoch,
  };
}

/** Of many rows, those that are looked at are spread evenly. */
function classFactors(probabilities: Float32Array, labels: Int32Array, classCount: number): Float32Array {
  const some = spreadEvenly(labels.length, Math.ceil(mostScaledProbabilities / classCount));
  return fitClassFactors(
    taken(probabilities, some, classCount),
    some.map((row) => labels[row]),
    classCount,
  );
}

function taken(probabilities: Float32Array, rows: Int32Array, classCount: number): Float32Array {
  const own = new Float32Array(rows.length * classCount);
  for (const [place, row] of rows.entries()) {
    own.set(probabilities.subarray(row * classCount, (row + 1) * classCount), place * classCount);
  }
  return own;
}

function sharesOf(weights: Float64Array): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** Where rows are too few to watch any, there is no loss on them to be drawn. */
function drawable(curve: readonly FitProgress[]): FitProgress[] {
  return curve.filter(({ trainLoss, validationLoss }) => Number.isFinite(trainLoss) && Number.isFinite(validationLoss));
}

/** As many folds as leave every one a row or two. */
function foldCount(wanted: number, rowCount: number): number {
  return Math.max(2, Math.min(wanted, Math.floor(rowCount / 2)));
}

/** So many of the rows, the classes in their shares. */
function pick({ labels, classCount }: LabelledRows, which: Int32Array, count: number, seed: number): Int32Array {
  if (count >= which.length) return which;
  const parts = Math.ceil(which.length / count);
  return stratifiedFolds(which, labels, classCount, parts, createRandom(seed))[0];
}

/** Each candidate is calibrated first: weights are to tell what it knows, not how sure it is of itself. */
async function weigh(
  { folds }: Race,
  scored: readonly Contender[],
  { labels, classCount }: LabelledRows,
  seed: number,
  signal: AbortSignal | undefined,
): Promise<{ blend: Blend; calibrators: Calibrator[]; labels: Int32Array; parts: Float32Array[] }> {
  const actual = Int32Array.from(folds.flatMap((fold) => [...fold.map((row) => labels[row])]));
  const raw = scored.map(({ predictions }) => joined(predictions));
  const calibrators = raw.map((part) => fitCalibrator(part, actual, classCount));
  const parts = raw.map((part, index) => calibrators[index].apply(part));
  const some = spreadEvenly(actual.length, Math.ceil(mostProbabilities / classCount));
  const blend = await chooseBlend(
    parts.map((part) => taken(part, some, classCount)),
    some.map((row) => actual[row]),
    classCount,
    { families: scored.map(({ candidate }) => candidate.learner), seed, signal },
  );
  return { blend, calibrators, labels: actual, parts };
}

function joined(predictions: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(predictions.reduce((sum, { length }) => sum + length, 0));
  let start = 0;
  for (const part of predictions) {
    whole.set(part, start);
    start += part.length;
  }
  return whole;
}

function progressOf(plan: Plan, shape: Shape, threads: number, { onProgress }: AutoOptions) {
  const cost = (learner: LearnerSettings) => estimateSeconds(learner, { ...shape, rows: plan.rows }, threads);
  const total = plan.candidates.reduce(
    (sum, each) => sum + searchFits(each.learner, plan.folds) * cost(each.learner),
    0,
  );
  let done = 0;
  return {
    onFit: (learner: string, fold: number, standings: readonly Standing[]) =>
      onProgress?.({ learner, fold, folds: plan.folds, fraction: searchShare * Math.min(1, done / total), standings }),
    onFitDone: (settings: LearnerSettings, fits: number) => {
      done += fits * cost(settings);
    },
  };
}
