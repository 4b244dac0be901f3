import { openPredictor } from "../diagnose/predictor.ts";
import { calibrateLearner } from "../honesty/calibrate-learner.ts";
import { fitHonesty } from "../honesty/fit-honesty.ts";
import { fitNovelty } from "../honesty/fit-novelty.ts";
import { encodeReference, modelReferenceKey } from "../honesty/model-reference.ts";
import type { FitProgress, FittedLearner, Samples } from "../learners/learner.ts";
import { fitLearner } from "../learners/registry.ts";
import { type Evaluation, evaluatePredictions } from "../metrics/evaluate-predictions.ts";
import { mostProbable } from "../metrics/most-probable.ts";
import type { GraphBuilder } from "../onnx/graph-builder.ts";
import { fitPreparation } from "../preprocess/fit-preparation.ts";
import type { Preparation, RawRows } from "../preprocess/preparation.ts";
import { createRandom } from "../random/random.ts";
import { software } from "../software.ts";
import type { Table } from "../table/table.ts";
import { checkModel } from "./check-model.ts";
import { classWeights } from "./class-weights.ts";
import { dropDuplicates } from "./drop-duplicates.ts";
import { type ModelCard, modelCardKey, modelCardSchema } from "./model-card.ts";
import { predictRows } from "./predict-rows.ts";
import { type Report, reportSchema } from "./report.ts";
import { type Split, stratifiedSplit } from "./stratified-split.ts";
import { TrainingError } from "./training-error.ts";
import type { TrainingSettings } from "./training-settings.ts";
import { modelGraph, writeModel } from "./write-model.ts";

export type TrainingStage = "reading" | "preparing" | "fitting" | "evaluating" | "checking";

export interface TrainingProgress {
  readonly stage: TrainingStage;
  /** Of the whole training with the reading of its file, 0 to 1. */
  readonly fraction: number;
  /** While fitting: the epoch that just ended. */
  readonly fit?: FitProgress;
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
  const raw: RawRows = { columnCount: table.featureNames.length, values: table.values };
  const rows = await dropDuplicates(table, labels, signal);
  const counts = classCounts(rows, labels, classes);
  const random = createRandom(settings.seed);
  const split = checkedSplit(stratifiedSplit(rows, labels, classes.length, settings, random), counts);
  const preparation = await fitPreparation(raw, split.training, settings, signal);
  if (preparation.outputColumns === 0) {
    throw new TrainingError("data-unusable", { reason: "no-informative-features", features: raw.columnCount });
  }
  const training = await samples(raw, split.training, labels, classes.length, preparation, settings, signal);
  const validation = await samples(raw, split.validation, labels, classes.length, preparation, settings, signal);

  await enter("fitting");
  const fitStarted = performance.now();
  const learned = await fitLearner(training, validation, settings.learner, {
    seed: settings.seed,
    threads,
    onProgress: (fit) => options.onProgress?.({ stage: "fitting", fraction: fittingFraction(fit), fit }),
    ...(signal && { signal }),
  });
  const fitted = await calibrateLearner(learned, validation, signal);
  const fitSeconds = secondsSince(fitStarted);

  await enter("evaluating");
  const novelty = await fitNovelty(raw, split.training, labels, classes.length, signal);
  const graph = modelGraph(preparation, fitted, classes.length, novelty);
  const { testProbabilities, ...evaluations } = await evaluateParts(
    graph,
    raw,
    split,
    labels,
    classes,
    threads,
    signal,
  );

  const { calibrator } = fitted;
  const honestyParts = { raw, labels, classes, ...split, testProbabilities, calibrator, novelty };
  const honesty = await fitHonesty(honestyParts, signal);

  await enter("checking");
  const card: ModelCard = {
    schema: modelCardSchema,
    features: table.featureNames.map((name, column) => ({ name, used: preparation.used[column] })),
    classes,
    learner: settings.learner.learner,
    settings,
    trainedAt: now().toISOString(),
    trainingRows: split.training.length,
    trainingFileSha256: options.trainingFileSha256,
    accuracy: evaluations.test.accuracy,
    macroF1: evaluations.test.macroF1,
    ece: honesty.report.calibration.error,
    software: `${software.producer} ${software.producerVersion}`,
  };
  const onnx = writeModel(graph, {
    [modelCardKey]: JSON.stringify(card),
    [modelReferenceKey]: encodeReference(honesty.reference),
  });
  const check = await checkModel(onnx, preparation, fitted, raw, rows, { random, threads, signal });

  const report: Report = {
    schema: reportSchema,
    classes,
    split: { training: split.training.length, validation: split.validation.length, test: split.test.length },
    preparation: {
      duplicateRowsDropped: table.rowCount - rows.length,
      constantFeaturesDropped: table.featureNames.filter((_, column) => !preparation.used[column]),
      cellsImputed: gapsInUsedColumns(raw, rows, preparation.used),
      classes: counts,
    },
    ...evaluations,
    honesty: honesty.report,
    ...fitHistory(fitted),
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

async function samples(
  raw: RawRows,
  rows: Int32Array,
  labels: Int32Array,
  classCount: number,
  preparation: Preparation,
  settings: TrainingSettings,
  signal: AbortSignal | undefined,
): Promise<Samples> {
  const partLabels = rows.map((row) => labels[row]);
  return {
    rowCount: rows.length,
    columnCount: preparation.outputColumns,
    values: await preparation.apply(raw, rows, signal),
    labels: partLabels,
    classCount,
    weights: classWeights(partLabels, classCount, settings.classWeights),
  };
}

async function evaluateParts(
  graph: GraphBuilder,
  raw: RawRows,
  split: Split,
  labels: Int32Array,
  classes: readonly string[],
  threads: number,
  signal: AbortSignal | undefined,
): Promise<{ validation: Evaluation; test: Evaluation; testProbabilities: Float32Array }> {
  const predictor = await openPredictor(writeModel(graph, {}), raw.columnCount, classes.length, threads);
  const probabilities = (rows: Int32Array) => predictRows(predictor, raw, rows, classes.length, signal);
  const evaluate = (rows: Int32Array, predicted: Float32Array) =>
    evaluatePredictions(
      rows.map((row) => labels[row]),
      mostProbable(predicted, classes.length),
      classes,
    );
  try {
    const validation = evaluate(split.validation, await probabilities(split.validation));
    const testProbabilities = await probabilities(split.test);
    return { validation, test: evaluate(split.test, testProbabilities), testProbabilities };
  } finally {
    await predictor.close();
  }
}

function fitHistory({ curve, bestEpoch }: FittedLearner): Pick<Report, "curve" | "bestEpoch"> {
  return { curve: curve.map(({ epochs: _, ...point }) => point), bestEpoch };
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

function fittingFraction({ epoch, epochs }: FitProgress): number {
  return stageFractions.fitting + (epoch / epochs) * (stageFractions.evaluating - stageFractions.fitting);
}

function secondsSince(start: number): number {
  return (performance.now() - start) / 1_000;
}
