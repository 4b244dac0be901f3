import { trainingSampleEntry } from "../adapt/sample/training-sample.ts";
import type { SearchProgress } from "../auto/race.ts";
import { openPredictor } from "../diagnose/predictor.ts";
import { type ColumnImportance, permutationImportance } from "../explain/permutation-importance.ts";
import { fitHonesty } from "../honesty/fit-honesty.ts";
import { fitNovelty } from "../honesty/fit-novelty.ts";
import { encodeReference, modelReferenceKey } from "../honesty/model-reference.ts";
import type { FitProgress } from "../learners/learner.ts";
import { windowOf } from "../learners/window/window-settings.ts";
import { fitTrainingMap } from "../map/training-map.ts";
import { type Evaluation, evaluatePredictions } from "../metrics/evaluate-predictions.ts";
import { mostProbable } from "../metrics/most-probable.ts";
import type { GraphBuilder } from "../onnx/graph-builder.ts";
import type { RawRows } from "../preprocess/preparation.ts";
import { createRandom } from "../random/random.ts";
import { softwareName } from "../software.ts";
import type { Table } from "../table/table.ts";
import type { CardWindow } from "../window/card-window.ts";
import { oneSeries, type Series } from "../window/series.ts";
import { evaluateBaselines } from "./baselines.ts";
import { checkModel } from "./check-model.ts";
import { dropDuplicates } from "./drop-duplicates.ts";
import { type Learned, learn } from "./learn.ts";
import { type ModelCard, modelCardKey, modelCardSchema } from "./model-card.ts";
import { predictRows } from "./predict-rows.ts";
import type { FittedPreparation, LabelledRows } from "./prepare-rows.ts";
import { type Report, reportSchema } from "./report.ts";
import { seriesSplit } from "./series-split.ts";
import { type Split, stratifiedSplit } from "./stratified-split.ts";
import { TrainingError } from "./training-error.ts";
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
 * and checks what was written.
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
  const { labels, classes } = labelled(table);
  const steps = windowOf(settings.learner);
  const series = steps === 1 ? undefined : (table.series ?? oneSeries(table.rowCount));
  const raw: RawRows = {
    columnCount: table.featureNames.length,
    values: table.values,
    ...(series && { previous: series.previous }),
  };
  // A row that is like another one may have come in another way, so windows keep it.
  const rows = series ? rowsWithLabel(labels) : await dropDuplicates(table, labels, signal);
  const counts = classCounts(rows, labels, classes);
  const random = createRandom(settings.seed);
  const split = checkedSplit(
    series
      ? seriesSplit(rows, labels, classes.length, series.previous, steps, settings, random)
      : stratifiedSplit(rows, labels, classes.length, settings, random),
    counts,
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
  const { pipeline, main, calibrator } = learned;
  const fitSeconds = secondsSince(fitStarted);

  await enter("evaluating");
  const novelty = await fitNovelty(raw, learned.training, labels, classes.length, signal);
  const graph = modelGraph(pipeline, novelty);
  const {
    testProbabilities,
    test,
    importance,
    validation = learned.validationScores ?? test,
  } = await evaluateParts(graph, labelledRows, { ...split, validation: learned.validation }, classes, threads, signal, {
    used: pipeline.used,
    steps,
    seed: settings.seed,
    seconds: importanceSeconds(fitSeconds),
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
    learner: settings.learner.learner,
    settings,
    trainedAt: now().toISOString(),
    trainingRows: learnedRows.length,
    trainingFileSha256: options.trainingFileSha256,
    accuracy: test.accuracy,
    macroF1: test.macroF1,
    ece: honesty.report.calibration.error,
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
    preparation: {
      duplicateRowsDropped: table.rowCount - rows.length,
      constantFeaturesDropped: constantFeatures(table, raw, learnedRows, settings.missingIndicators),
      cellsImputed: gapsInUsedColumns(raw, rows, pipeline.used),
      classes: counts,
      ...preparationReport(main.prepared, table.featureNames),
      syntheticRows: main.syntheticRows,
    },
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

function labelled(table: Table): { labels: Int32Array; classes: readonly string[] } {
  if (!table.labels || !table.classes) throw new TrainingError("data-unusable", { reason: "no-labels" });
  return { labels: table.labels, classes: table.classes };
}

function rowsWithLabel(labels: Int32Array): Int32Array {
  return Int32Array.from(labels.keys()).filter((row) => labels[row] >= 0);
}

function windowOfCard({ nodeColumn, timeColumn }: Series, rows: number): CardWindow {
  return { rows, ...(nodeColumn && { nodeColumn }), ...(timeColumn && { timeColumn }) };
}

function classCounts(rows: Int32Array, labels: Int32Array, classes: readonly string[]) {
  const counts = classes.map((name) => ({ name, rows: 0 }));
  for (const row of rows) counts[labels[row]].rows++;
  return counts;
}

function checkedSplit(split: Split, counts: readonly { readonly rows: number }[]): Split {
  const occurring = counts.filter(({ rows }) => rows > 0).length;
  if (occurring < 2) throw new TrainingError("data-unusable", { reason: "one-class-only", classes: occurring });
  if (split.validation.length === 0 || split.test.length === 0) {
    const rows = counts.reduce((total, count) => total + count.rows, 0);
    throw new TrainingError("data-unusable", { reason: "too-few-rows", rows });
  }
  return split;
}

async function evaluateParts(
  graph: GraphBuilder,
  { raw, labels }: LabelledRows,
  split: Split,
  classes: readonly string[],
  threads: number,
  signal: AbortSignal | undefined,
  shuffling: {
    readonly used: readonly boolean[];
    readonly steps: number;
    readonly seed: number;
    readonly seconds: number;
  },
): Promise<{
  validation?: Evaluation;
  test: Evaluation;
  testProbabilities: Float32Array;
  importance: readonly ColumnImportance[];
}> {
  const classCount = classes.length;
  const { steps, used } = shuffling;
  const predictor = await openPredictor(writeModel(graph, {}), steps * raw.columnCount, classes.length, { threads });
  const probabilities = (rows: Int32Array) => predictRows(predictor, raw, rows, classes.length, signal, steps);
  const evaluate = (rows: Int32Array, predicted: Float32Array) =>
    evaluatePredictions(
      rows.map((row) => labels[row]),
      mostProbable(predicted, classes.length),
      classes,
    );
  try {
    const watched = split.validation;
    const validation = watched.length > 0 ? evaluate(watched, await probabilities(watched)) : undefined;
    const testProbabilities = await probabilities(split.test);
    const test = evaluate(split.test, testProbabilities);
    const shuffled = { raw, rows: split.test, labels, classCount, used, steps, predict: predictor.predict };
    const importance = await permutationImportance(shuffled, { ...shuffling, signal });
    return { ...(validation && { validation }), test, testProbabilities, importance };
  } finally {
    await predictor.close();
  }
}

/** What finding the importances may take beside a fit. */
function importanceSeconds(fitSeconds: number): number {
  return Math.min(10, 3 + fitSeconds / 10);
}

function fitHistory({ curve, bestEpoch }: Learned): Pick<Report, "curve" | "bestEpoch"> {
  return { curve: curve.map(({ epochs: _, ...point }) => point), bestEpoch };
}

/** Columns that the training part has one number of, or none, and nothing that gaps could tell. */
function constantFeatures(
  { featureNames }: Table,
  { values, columnCount }: RawRows,
  rows: Int32Array,
  missingIndicators: boolean,
): string[] {
  return featureNames.filter((_, column) => {
    let seen = Number.NaN;
    let gaps = 0;
    for (const row of rows) {
      const value = values[row * columnCount + column];
      if (Number.isNaN(value)) gaps++;
      else if (Number.isNaN(seen)) seen = value;
      else if (value !== seen) return false;
    }
    return !missingIndicators || gaps === 0 || gaps === rows.length;
  });
}

function preparationReport({ settings, scores }: FittedPreparation, names: readonly string[]) {
  const { scaler, imputer, selection } = settings;
  const featureScores = (scores ?? [])
    .map((score, column) => ({ name: names[column], ...score }))
    .sort((one, other) => other.score - one.score);
  return { scaler, imputer, selection, featureScores };
}

function gapsInUsedColumns({ values, columnCount }: RawRows, rows: Int32Array, used: readonly boolean[]): number {
  let gaps = 0;
  for (const row of rows) {
    for (let column = 0; column < columnCount; column++) {
      if (used[column] && Number.isNaN(values[row * columnCount + column])) gaps++;
    }
  }
  return gaps;
}

/** @param share of the fitting, 0 to 1 */
function fittingFraction(share: number): number {
  return stageFractions.fitting + share * (stageFractions.evaluating - stageFractions.fitting);
}

function secondsSince(start: number): number {
  return (performance.now() - start) / 1_000;
}
