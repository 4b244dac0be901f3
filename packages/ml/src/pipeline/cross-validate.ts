import { findRounds } from "../auto/find-rounds.ts";
import { fitAuto } from "../auto/fit-auto.ts";
import { correctPrior } from "../learners/prior/correct-prior.ts";
import type { LearnerSettings } from "../learners/registry.ts";
import { windowOf } from "../learners/window/window-settings.ts";
import { createRandom } from "../random/random.ts";
import { learnableClasses } from "../table/learnable-classes.ts";
import type { Table } from "../table/table.ts";
import { keepApart } from "../window/keep-apart.ts";
import { oneSeries } from "../window/series.ts";
import { dropDuplicates } from "./drop-duplicates.ts";
import { fitPipeline } from "./fit-pipeline.ts";
import { type FittedPipeline, withStep } from "./fitted-pipeline.ts";
import type { LabelledRows } from "./prepare-rows.ts";
import { seriesFolds } from "./series-split.ts";
import { rowsOutside, stratifiedFolds } from "./stratified-folds.ts";
import { TrainingError, tooFewRows } from "./training-error.ts";
import type { TrainingSettings } from "./training-settings.ts";
import { type ValidatedLearner, ValidationTrack } from "./validation-track.ts";

export interface CrossValidationProgress {
  /** From 1. */
  readonly fold: number;
  readonly folds: number;
  readonly learner: string;
  /** Of all folds, 0 to 1. */
  readonly fraction: number;
}

export interface CrossValidationOptions {
  /** Parts of the rows, each of which is scored by what was learned from the others. */
  readonly folds: number;
  /** With `auto`: for all folds together; 0: no limit. */
  readonly budgetSeconds: number;
  /** Per row of the table its fold from 0, or −1 for a row that takes no part; then repeated rows stay. */
  readonly foldOfRow?: Int32Array;
  readonly threads: number;
  /** Awaited. */
  readonly onProgress?: (progress: CrossValidationProgress) => void | Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

/** What is to be known of the scores, beside the file's own warnings. */
export type CrossValidationWarning =
  /** Of so many classes of those validated some fold has no row: its macro-F1 is over the classes that it has. */
  | { readonly code: "folds-lack-classes"; readonly classes: number; readonly of: number }
  /** The rows could not be parted into as many folds as were ordered. */
  | { readonly code: "fewer-folds"; readonly folds: number; readonly ordered: number };

type Scores = "macroF1" | "macroF1Spread" | "pooledMacroF1" | "accuracy" | "accuracySpread" | "ece";

/** Its scores are those of what was ordered, `auto` or a learner; the first of `learners`. */
export interface CrossValidation extends Pick<ValidatedLearner, Scores> {
  readonly folds: number;
  readonly rows: number;
  /** Rows that were the same as an earlier one; 0 where folds are given or rows make windows, as all of them stay. */
  readonly duplicateRowsDropped: number;
  readonly warnings: readonly CrossValidationWarning[];
  readonly learners: readonly ValidatedLearner[];
  readonly seconds: number;
}

/** One in so many of the rows is watched to find a number of rounds. */
const watchedParts = 6;
const leastFolds = 2;

/**
 * Scores a learner, or `auto` and each of its candidates, on every row by what was learned from other rows. Nothing of
 * a fold has a say in what scores it: with `auto` candidates are compared and weights found within the other folds.
 * A class of one row takes no part, as in a training.
 * @throws TrainingError where the rows cannot be parted or learned from
 */
export async function crossValidate(
  table: Table,
  settings: TrainingSettings,
  options: CrossValidationOptions,
): Promise<CrossValidation> {
  const started = performance.now();
  if (!table.labels || !table.classes) throw new TrainingError("data-unusable", { reason: "no-labels" });
  const { labels, classes } = learnableClasses(table.labels, table.classes);
  const steps = windowOf(settings.learner);
  const previous = steps === 1 ? undefined : (table.series ?? oneSeries(table.rowCount)).previous;
  const rows: LabelledRows = {
    raw: { columnCount: table.featureNames.length, values: table.values, ...(previous && { previous }) },
    labels,
    classCount: classes.length,
  };
  const { folds, duplicateRowsDropped } = await partRows(table, rows, settings.seed, steps, options);
  const rowsPerClass = countRows(folds, rows);
  expectRowsToLearnFrom(rowsPerClass, settings.learner.learner === "auto");
  const tracks = new Map<string, ValidationTrack>();
  for (const [number, fold] of folds.entries()) {
    const tell = (learner: string, fraction: number) =>
      options.onProgress?.({
        fold: number + 1,
        folds: folds.length,
        learner,
        fraction: (number + fraction) / folds.length,
      });
    const actual = fold.map((row) => labels[row]);
    const score = async (learner: TrainingSettings["learner"], pipeline: FittedPipeline, seconds: number) => {
      const track = tracks.get(nameOf(learner)) ?? new ValidationTrack(learner, classes.length);
      tracks.set(nameOf(learner), track);
      track.add(await pipeline.predict(rows.raw, fold, options.signal), actual, seconds);
    };
    const outside = rowsOutside(folds, number);
    const training = previous ? keepApart([outside, fold], previous, steps)[0] : outside;
    await fitAndScore(rows, training, classes, settings, options, folds.length, tell, score);
  }
  const learners = [...tracks.values()].map((track) => track.result());
  const [ordered, ...others] = learners;
  others.sort((one, other) => other.macroF1 - one.macroF1);
  const { macroF1, macroF1Spread, pooledMacroF1, accuracy, accuracySpread, ece } = ordered;
  return {
    folds: folds.length,
    rows: folds.reduce((sum, { length }) => sum + length, 0),
    duplicateRowsDropped,
    ...{ macroF1, macroF1Spread, pooledMacroF1, accuracy, accuracySpread, ece },
    warnings: [...fewerFolds(folds.length, options), ...lackedClasses(rowsPerClass)],
    learners: [ordered, ...others],
    seconds: (performance.now() - started) / 1_000,
  };
}

async function fitAndScore(
  rows: LabelledRows,
  training: Int32Array,
  classes: readonly string[],
  { learner, ...settings }: TrainingSettings,
  { budgetSeconds, threads, signal }: CrossValidationOptions,
  folds: number,
  tell: (learner: string, fraction: number) => void | Promise<void>,
  score: (learner: TrainingSettings["learner"], pipeline: FittedPipeline, seconds: number) => Promise<void>,
): Promise<void> {
  const { seed } = settings;
  const started = performance.now();
  const secondsSoFar = () => (performance.now() - started) / 1_000;
  if (learner.learner === "auto") {
    const own = { ...learner, budgetSeconds: budgetSeconds / folds };
    const fit = await fitAuto(rows, training, classes, own, settings, {
      ...{ seed, threads, signal },
      fitAll: true,
      onProgress: (progress) => tell(progress.learner, progress.fraction),
    });
    const calibrated = withStep(fit.pipeline, fit.calibrator);
    await score(own, withPrior(calibrated, fit.prior, settings), secondsSoFar());
    for (const { candidate, pipeline } of fit.fitted) {
      await score(candidate, withPrior(pipeline, fit.prior, settings), 0);
    }
    return;
  }
  await tell(learner.learner, 0);
  const pipeline = await fitWhole(rows, training, learner, settings, threads, signal);
  await score(learner, pipeline, secondsSoFar());
}

/** One learner on all rows, its number of rounds found on a part of them. */
async function fitWhole(
  rows: LabelledRows,
  training: Int32Array,
  learner: LearnerSettings,
  settings: Omit<TrainingSettings, "learner">,
  threads: number,
  signal: AbortSignal | undefined,
): Promise<FittedPipeline> {
  const { seed } = settings;
  const options = { seed, threads, ...(signal && { signal }) };
  const parts = partFolds(rows, training, watchedParts, windowOf(learner), seed);
  const found = await findRounds(rows, parts, learner, settings, options);
  const fit = await fitPipeline(rows, training, new Int32Array(0), found.settings, settings, options);
  return withPrior(fit.pipeline, fit.prior, settings);
}

function withPrior(
  pipeline: FittedPipeline,
  prior: Float64Array,
  settings: Pick<TrainingSettings, "prior">,
): FittedPipeline {
  return settings.prior === "uniform" ? withStep(pipeline, correctPrior(prior)) : pipeline;
}

/** Rows for windows are parted by blocks of time. */
function partFolds(
  { raw, labels, classCount }: LabelledRows,
  rows: Int32Array,
  count: number,
  steps: number,
  seed: number,
): Int32Array[] {
  const random = createRandom(seed);
  return raw.previous
    ? seriesFolds(rows, labels, classCount, raw.previous, steps, count, random)
    : stratifiedFolds(rows, labels, classCount, count, random);
}

async function partRows(
  table: Table,
  rows: LabelledRows,
  seed: number,
  steps: number,
  { folds, foldOfRow, signal }: CrossValidationOptions,
): Promise<{ readonly folds: Int32Array[]; readonly duplicateRowsDropped: number }> {
  const { labels } = rows;
  if (foldOfRow) {
    if (foldOfRow.length !== table.rowCount) throw new RangeError("a fold per row is needed");
    const count = foldOfRow.reduce((most, fold) => Math.max(most, fold + 1), 0);
    const given = Array.from({ length: count }, (_, fold) =>
      Int32Array.from(foldOfRow.keys()).filter((row) => foldOfRow[row] === fold && labels[row] >= 0),
    );
    const own = given.filter(({ length }) => length > 0);
    return { folds: checked(own, steps), duplicateRowsDropped: 0 };
  }
  const all = Int32Array.from(labels.keys()).filter((row) => labels[row] >= 0);
  const distinct = steps === 1 ? (await dropDuplicates(table, labels, signal)).filter((row) => labels[row] >= 0) : all;
  const most = Math.min(folds, distinct.length);
  const parted = most < leastFolds ? [] : partFolds(rows, distinct, most, steps, seed);
  return {
    folds: checked(
      parted.filter(({ length }) => length > 0),
      steps,
    ),
    duplicateRowsDropped: all.length - distinct.length,
  };
}

function checked(folds: Int32Array[], steps: number): Int32Array[] {
  if (folds.length >= leastFolds) return folds;
  throw tooFewRows(rowsOf(folds), steps);
}

/** Per fold its rows per class. */
function countRows(folds: readonly Int32Array[], { labels, classCount }: LabelledRows): Int32Array[] {
  return folds.map((fold) => {
    const counts = new Int32Array(classCount);
    for (const row of fold) counts[labels[row]]++;
    return counts;
  });
}

/** Rows per class of all folds together. */
function totalsOf(rowsPerClass: readonly Int32Array[]): Int32Array {
  return rowsPerClass[0].map((_, label) => rowsPerClass.reduce((sum, own) => sum + own[label], 0));
}

/**
 * A class is only found again where rows of it are outside of a fold, and what is compared there needs two of them.
 * @throws TrainingError
 */
function expectRowsToLearnFrom(rowsPerClass: readonly Int32Array[], auto: boolean): void {
  const all = totalsOf(rowsPerClass);
  const enough = auto
    ? rowsPerClass.every((own) => all.some((rows, label) => rows - own[label] > 1))
    : all.some((rows) => rows > 1);
  const count = all.reduce((sum, rows) => sum + rows, 0);
  if (!enough) throw tooFewRows(count, 1);
}

function fewerFolds(folds: number, { folds: ordered, foldOfRow }: CrossValidationOptions): CrossValidationWarning[] {
  return foldOfRow || folds >= ordered ? [] : [{ code: "fewer-folds", folds, ordered }];
}

function lackedClasses(rowsPerClass: readonly Int32Array[]): CrossValidationWarning[] {
  const validated = [...totalsOf(rowsPerClass).entries()].filter(([, rows]) => rows > 0);
  const lacked = validated.filter(([label]) => rowsPerClass.some((own) => own[label] === 0));
  if (lacked.length === 0) return [];
  return [{ code: "folds-lack-classes", classes: lacked.length, of: validated.length }];
}

function rowsOf(folds: readonly Int32Array[]): number {
  return folds.reduce((sum, { length }) => sum + length, 0);
}

/** The same for a candidate of every fold, though the rows' number changes some of its settings a little. */
function nameOf(learner: TrainingSettings["learner"]): string {
  if (learner.learner !== "gbdt") return learner.learner;
  return `gbdt ${learner.leaves} ${learner.learningRate}`;
}
