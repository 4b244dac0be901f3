import { fitBaseline } from "../../anomaly/baseline.ts";
import { createCalibrator } from "../../honesty/calibrator.ts";
import { fitConformal } from "../../honesty/conformal.ts";
import { fitNovelty } from "../../honesty/fit-novelty.ts";
import { encodeReference, type ModelReference, modelReferenceKey } from "../../honesty/model-reference.ts";
import { fitNormalRanges, normalRows } from "../../honesty/normal-ranges.ts";
import type { Novelty } from "../../honesty/novelty.ts";
import { fitReference } from "../../honesty/reference.ts";
import { checkModel, type ModelCheck } from "../../pipeline/check-model.ts";
import { createPipeline, type FittedPipeline, withStep } from "../../pipeline/fitted-pipeline.ts";
import { type ModelCard, modelCardKey } from "../../pipeline/model-card.ts";
import { modelGraph, writeModel } from "../../pipeline/write-model.ts";
import type { RawRows } from "../../preprocess/preparation.ts";
import { quantile } from "../../preprocess/quantile.ts";
import { rawPreparation } from "../../preprocess/raw-preparation.ts";
import { createRandom } from "../../random/random.ts";
import { software } from "../../software.ts";
import type { Estimate } from "../certainty/expected-accuracy.ts";
import { matchConfidence } from "../certainty/match-confidence.ts";
import { trainingSampleKey } from "../sample/training-sample.ts";
import type { LabelledTarget } from "../task.ts";
import type { Student } from "./fit-student.ts";

export interface StudentParts {
  readonly student: Student;
  /** Of the parent. */
  readonly card: ModelCard;
  /** All rows of the new environment. */
  readonly rows: RawRows;
  /** Those that the student was fitted to; `diagnoses`, `labelled` and `blind` count them. */
  readonly fittedRows: Int32Array;
  readonly diagnoses: Int32Array;
  readonly expected: Estimate;
  readonly labelled: LabelledTarget | undefined;
  /** What was believed of the rows before any label was looked at, `rows × classes`. */
  readonly blind: Float64Array;
  /** Of the parent's file. */
  readonly metadata: ReadonlyMap<string, string>;
  readonly parentSha256: string;
  readonly targetFileSha256: string;
  readonly adaptedAt: string;
  readonly seed: number;
  readonly threads: number;
  readonly signal: AbortSignal | undefined;
}

export interface WrittenStudent {
  readonly onnx: Uint8Array;
  readonly card: ModelCard;
  readonly check: ModelCheck;
}

const coverage = 0.9;
/** With fewer labelled rows nothing can be promised of prediction sets. */
const leastConformalRows = 20;
const knownShare = 0.95;

/**
 * Writes a student as one model file from raw row to probabilities, with a card, what the new environment's KPIs look
 * like, and the parent's training rows, so that it can be adapted again; and checks what was written.
 * @throws TrainingError where the written model answers otherwise than the student
 */
export async function writeStudent(parts: StudentParts): Promise<WrittenStudent> {
  const { rows, fittedRows, seed, threads, signal } = parts;
  const classCount = parts.card.classes.length;
  const labels = new Int32Array(rows.values.length / rows.columnCount);
  for (const [place, row] of fittedRows.entries()) labels[row] = parts.diagnoses[place];
  const novelty = await fitNovelty(rows, fittedRows, labels, classCount, signal);
  const pipeline = calibrated(parts);
  const card = cardOf(parts, pipeline);
  const normal = normalRows(fittedRows, labels, card.classes);
  const baseline = await fitBaseline(rows, normal.rows, normal.source, signal);
  const reference: ModelReference = {
    kpis: await fitReference(rows, fittedRows, labels, classCount, signal),
    normalRanges: await fitNormalRanges(rows, fittedRows, labels, card.classes, signal),
    conformal: conformalOf(parts),
    noveltyLimit: novelty ? await limitOf(novelty, parts) : null,
    ...(baseline && { baseline }),
  };
  const sample = parts.metadata.get(trainingSampleKey);
  const onnx = writeModel(modelGraph(pipeline, novelty), {
    [modelCardKey]: JSON.stringify(card),
    [modelReferenceKey]: encodeReference(reference),
    ...(sample !== undefined && { [trainingSampleKey]: sample }),
  });
  const check = await checkModel(onnx, pipeline, rows, fittedRows, { random: createRandom(seed), threads, signal });
  return { onnx, card, check };
}

/** The student with confidences that are, on rows it did not see, what its accuracy is expected to be. */
function calibrated({ student, card, rows, fittedRows, expected }: StudentParts): FittedPipeline {
  const classCount = card.classes.length;
  const looked = new Set(student.columns);
  const kept = card.features.map((_, column) => looked.has(column));
  const preparation = rawPreparation(rows, fittedRows, kept);
  const temperature = matchConfidence(student.outOfFold, classCount, expected.value);
  return withStep(createPipeline(preparation, student.fitted, classCount), createCalibrator(temperature, classCount));
}

function cardOf({ card, fittedRows, expected, ...parts }: StudentParts, { used }: FittedPipeline): ModelCard {
  return {
    ...card,
    features: card.features.map(({ name }, column) => ({ name, used: used[column] })),
    learner: "adapted-trees",
    trainedAt: parts.adaptedAt,
    trainingRows: fittedRows.length,
    trainingFileSha256: parts.targetFileSha256,
    accuracy: expected.value,
    macroF1: expected.value,
    ece: (expected.high - expected.low) / 2,
    heldOut: undefined,
    software: `${software.producer} ${software.producerVersion}`,
    adaptedFrom: {
      modelSha256: parts.parentSha256,
      trainingFileSha256: card.adaptedFrom?.trainingFileSha256 ?? card.trainingFileSha256,
      rows: fittedRows.length,
      labelledRows: parts.labelled?.rows.length ?? 0,
    },
  };
}

/** Thresholds from labelled rows as they were diagnosed without their labels; without such rows every class is in each set. */
function conformalOf({ card, labelled, blind }: StudentParts): ModelReference["conformal"] {
  const classCount = card.classes.length;
  const rows = labelled && labelled.rows.length >= leastConformalRows ? labelled.rows : new Int32Array(0);
  const probabilities = new Float32Array(rows.length * classCount);
  for (const [place, row] of rows.entries()) {
    probabilities.set(blind.subarray(row * classCount, (row + 1) * classCount), place * classCount);
  }
  return fitConformal(probabilities, rows.length > 0 && labelled ? labelled.labels : rows, classCount, coverage);
}

async function limitOf(novelty: Novelty, { rows, fittedRows, signal }: StudentParts): Promise<number> {
  const scores = await novelty.score(rows, fittedRows, signal);
  return quantile(Float64Array.from(scores).sort(), knownShare);
}
