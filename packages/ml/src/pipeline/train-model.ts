import { trainingSampleEntry } from "../adapt/sample/training-sample.ts";
import type { SearchProgress } from "../auto/race.ts";
import { fitHonesty } from "../honesty/fit-honesty.ts";
import { fitNovelty } from "../honesty/fit-novelty.ts";
import { encodeReference, modelReferenceKey } from "../honesty/model-reference.ts";
import type { FitProgress } from "../learners/learner.ts";
import { windowOf } from "../learners/window/window-settings.ts";
import { fitTrainingMap } from "../map/training-map.ts";
import type { RawRows } from "../preprocess/preparation.ts";
import { createRandom } from "../random/random.ts";
import { softwareName } from "../software.ts";
import { type LearnableClasses, learnableClasses } from "../table/learnable-classes.ts";
import type { Table } from "../table/table.ts";
import type { CardWindow } from "../window/card-window.ts";
import { oneSeries, type Series } from "../window/series.ts";
import { evaluateBaselines } from "./baselines.ts";
import { checkModel } from "./check-model.ts";
import { dropDuplicates } from "./drop-duplicates.ts";
import { evaluateParts, importanceSeconds } from "./evaluate-parts.ts";
import { type Learned, learn } from "./learn.ts";
import { type ModelCard, modelCardKey, modelCardSchema } from "./model-card.ts";
import { preparationReport } from "./preparation-report.ts";
import type { LabelledRows } from "./prepare-rows.ts";
import { type Report, reportSchema } from "./report.ts";
import { seriesSplit } from "./series-split.ts";
import { type Split, stratifiedSplit } from "./stratified-split.ts";
import { TrainingError, tooFewRows } from "./training-error.ts";
import type { TrainingSettings } from "./training-settings.ts";
import { modelGraph, writeModel } from "./write-model.ts";

export type TrainingStage = "reading" | "preparing" | "fitting" | "evaluating" | "checking";

export interface TrainingProgress {
  readonly stage: TrainingStage;
  /** Of the whole training with the reading of its file, 0 to 1. */
  readonly fraction: number;
  /** While one learner is fitted: the epoch that just ended. */
  readonly fit?: FitProgress;
  /** While learners are compared: which one is being fitted. */
  readonly search?: SearchProgress;
}

export interface TrainModelOptions {
  /** Lower-case hexadecimal, for the card. */
  readonly trainingFileSha256: string;
  /** Default 1. */
  readonly threads?: number;
  /** Awaited. */
  readonly onProgress?: (progress: TrainingProgress) => void | Promise<void>;
  /** Ends the training with the signal's reason, within about a tenth of a second. */
  readonly signal?: AbortSignal;
  readonly now?: () => Date;
}

export interface TrainedModel {
  /** The bytes of `model.onnx`; they carry the card in their metadata. */
  readonly onnx: Uint8Array;
  readonly card: ModelCard;
  readonly report: Report;
}

/** Where each stage starts on the way from 0 to 1. */
export const stageFractions: Readonly<Record<TrainingStage, number>> = {
  reading: 0,
  preparing: 0.05,
  fitting: 0.1,
  evaluating: 0.92,
  checking: 0.96,
};

/**
 * Parts the rows, fits preprocessing and learner to the training part, evaluates on the test part, writes the model
 * and checks what was written. A class of one row is left out, as card and report tell.
 * @throws TrainingError where the data cannot be learned from, or the written model is not the one trained
 * @throws FitError where the learner gives up
 */
export async function trainModel(
  table: Table,
  settings: TrainingSettings,
  options: TrainModelOptions,
): Promise<TrainedModel> {
  const { threads = 1, signal, now = () => new Date() } = options;
  const started = performance.now();
  const enter = (stage: TrainingStage) => options.onProgress?.({ stage, fraction: stageFractions[stage] });

  await enter("preparing");
  const { labels, classes, leftOut } = labelled(table);
  const steps = windowOf(settings.learner);
  const series = steps === 1 ? undefined : (table.series ?? oneSeries(table.rowCount));
  const raw: RawRows = {
    columnCount: table.featureNames.length,
    values: table.values,
    ...(series && { previous: series.previous }),
  };
  // A row that is like another one may have come in another way, so windows keep it.
  const rows = withLabel(series ? Int32Array.from(labels.keys()) : await dropDuplicates(table, labels, signal), labels);
  const counts = classCounts(rows, labels, classes);
  const random = createRandom(settings.seed);
  const split = checkedSplit(
    series
      ? seriesSplit(rows, labels, classes.length, series.previous, steps, settings, random)
      : stratifiedSplit(rows, labels, classes.length, settings, random),
    counts,
    steps,
  );
  const labelledRows: LabelledRows = { raw, labels, classCount: classes.length };

  await enter("fitting");
  const fitStarted = performance.now();
  const learned = await learn(labelledRows, split, classes, settings, {
    seed: settings.seed,
    threads,
    onFit: (fit) => options.onProgress?.({ stage: "fitting", fraction: fittingFraction(fit.epoch / fit.epochs), fit }),
    onSearch: (search) =>
      options.onProgress?.({ stage: "fitting", fraction: fittingFraction(search.fraction), search }),
    signal,
  });
  const { pipeline, calibrator } = learned;
  const fitSeconds = secondsSince(fitStarted);

  await enter("evaluating");
  const novelty = await fitNovelty(raw, learned.training, labels, classes.length, signal);
  const graph = modelGraph(pipeline, novelty);
  const {
    testProbabilities,
    test,
    importance,
    validation = learned.validationScores ?? test,
  } = await evaluateParts(graph, labelledRows, { validation: learned.validation, test: split.test }, classes, {
    used: pipeline.used,
    steps,
    seed: settings.seed,
    seconds: importanceSeconds(fitSeconds),
    threads,
    signal,
  });
  const baselines = await evaluateBaselines(labelledRows, split, classes, settings, {
    seed: settings.seed,
    threads,
    signal,
  });

  const { training: learnedRows, validation: watchedRows } = learned;
  const parts = { training: learnedRows, validation: watchedRows, test: split.test };
  const honestyParts = { raw, labels, classes, ...parts, testProbabilities, calibrator, novelty };
  const honesty = await fitHonesty(honestyParts, signal);

  const mapRows = { raw, labels, classCount: classes.length, training: split.training, rows };
  const map = await fitTrainingMap(mapRows, settings.map, { seed: settings.seed, signal });

  await enter("checking");
  const card: ModelCard = {
    schema: modelCardSchema,
    features: table.featureNames.map((name, column) => ({ name, used: pipeline.used[column] })),
    classes,
    ...(leftOut.length > 0 && { classesLeftOut: leftOut.map(({ name }) => name) }),
    learner: settings.learner.learner,
    settings,
    trainedAt: now().toISOString(),
    trainingRows: learnedRows.length,
    trainingFileSha256: options.trainingFileSha256,
    accuracy: test.accuracy,
    macroF1: test.macroF1,
    ece: honesty.report.calibration.error,
    heldOut: test.perClass.map(({ support }, index) => ({ rows: support, right: test.confusion[index][index] })),
    software: softwareName,
    ...(series && { window: windowOfCard(series, steps) }),
  };
  const onnx = writeModel(graph, {
    [modelCardKey]: JSON.stringify(card),
    [modelReferenceKey]: encodeReference(honesty.reference),
    ...map.metadata,
    ...(settings.keepSample !== false &&
      !series &&
      trainingSampleEntry(raw, rows, labels, classes.length, settings.seed)),
  });
  const check = await checkModel(onnx, pipeline, raw, rows, { random, threads, signal });

  const report: Report = {
    schema: reportSchema,
    classes,
    split: { training: split.training.length, validation: split.validation.length, test: split.test.length },
    preparation: preparationReport(table, { raw, rows, classes: counts, leftOut }, learned, settings),
    validation,
    test,
    honesty: honesty.report,
    ...map.report,
    importance: importance.map(({ column, ...lost }) => ({ name: table.featureNames[column], ...lost })),
    baselines,
    ...(learned.leaderboard && { leaderboard: learned.leaderboard }),
    ...fitHistory(learned),
    check,
    fitSeconds,
    seconds: secondsSince(started),
  };
  return { onnx, card, report };
}

function labelled(table: Table): LearnableClasses {
  if (!table.labels || !table.classes) throw new TrainingError("data-unusable", { reason: "no-labels" });
  return learnableClasses(table.labels, table.classes);
}

function withLabel(rows: Int32Array, labels: Int32Array): Int32Array {
  return rows.filter((row) => labels[row] >= 0);
}

function windowOfCard({ nodeColumn, timeColumn }: Series, rows: number): CardWindow {
  return { rows, ...(nodeColumn && { nodeColumn }), ...(timeColumn && { timeColumn }) };
}

function classCounts(rows: Int32Array, labels: Int32Array, classes: readonly string[]) {
  const counts = classes.map((name) => ({ name, rows: 0 }));
  for (const row of rows) counts[labels[row]].rows++;
  return counts;
}

/** @param steps rows of a window; 1 for a learner of single rows */
function checkedSplit(split: Split, counts: readonly { readonly rows: number }[], steps: number): Split {
  const occurring = counts.filter(({ rows }) => rows > 0).length;
  if (occurring < 2) throw new TrainingError("data-unusable", { reason: "one-class-only", classes: occurring });
  if (split.validation.length === 0 || split.test.length === 0) {
    const rows = counts.reduce((total, count) => total + count.rows, 0);
    throw tooFewRows(rows, steps);
  }
  return split;
}

function fitHistory({ curve, bestEpoch }: Learned): Pick<Report, "curve" | "bestEpoch"> {
  return { curve: curve.map(({ epochs: _, ...point }) => point), bestEpoch };
}

/** @param share of the fitting, 0 to 1 */
function fittingFraction(share: number): number {
  return stageFractions.fitting + share * (stageFractions.evaluating - stageFractions.fitting);
}

function secondsSince(start: number): number {
  return (performance.now() - start) / 1_000;
}
