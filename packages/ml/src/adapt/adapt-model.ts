import { createHash } from "node:crypto";
import { openModel } from "../diagnose/model.ts";
import { createCalibrator } from "../honesty/calibrator.ts";
import type { ShiftReport } from "../honesty/shift-report.ts";
import { readMetadata } from "../onnx/read-metadata.ts";
import type { ModelCheck } from "../pipeline/check-model.ts";
import type { ModelCard } from "../pipeline/model-card.ts";
import type { Table } from "../table/table.ts";
import { AdaptationError } from "./adaptation-error.ts";
import { classRows, describeAdaptation, describeLeft } from "./certainty/describe-adaptation.ts";
import { type Estimate, expectedAccuracy } from "./certainty/expected-accuracy.ts";
import { explainsBetter, holdsOneState } from "./certainty/few-states.ts";
import { type Evidence, gatherEvidence } from "./certainty/gather-evidence.ts";
import { matchConfidence } from "./certainty/match-confidence.ts";
import type { AdaptationStatement, LeftVerdict } from "./certainty/statement.ts";
import { type FitOfMix, targetStructure } from "./certainty/target-structure.ts";
import { FitPool } from "./fit/fit-pool.ts";
import { reverseValidate } from "./fit/reverse-validate.ts";
import { inferTarget, type TargetInference } from "./infer-target.ts";
import { planViews, type ViewPlan } from "./plan-views.ts";
import { mostProbableOf } from "./posterior/snap-prior.ts";
import { readTrainingSample } from "./sample/read-training-sample.ts";
import { sourceRows } from "./sample/source-rows.ts";
import { fitStudent } from "./student/fit-student.ts";
import { writeStudent } from "./student/write-student.ts";
import { alignTable } from "./target/align-table.ts";
import { chooseRows, targetRows } from "./target/fitted-rows.ts";
import { type JoinedRows, joinLabelled } from "./target/join-labelled.ts";
import { targetShift } from "./target/target-shift.ts";
import type { InferenceOptions, SourceRows, TargetRows } from "./task.ts";

/** A table with the texts of its id column, where they are known. */
type IdentifiedTable = Table & { readonly sampleIds?: readonly string[] };

export interface AdaptModelOptions {
  /** Lower-case hexadecimal, of the file that the target's rows come from; for the card. */
  readonly targetFileSha256: string;
  /** Few rows of the same environment whose class is known; those that are among the target's rows too count once. */
  readonly labelled?: IdentifiedTable;
  /** Default 0. */
  readonly seed?: number;
  /** Default 1. */
  readonly threads?: number;
  /** Of the whole adaptation, 0 to 1; awaited. */
  readonly onProgress?: (fraction: number) => void | Promise<void>;
  readonly signal?: AbortSignal;
  readonly now?: () => Date;
}

export interface AdaptedModel {
  /** The bytes of the version fitted to the new environment; the parent's own where that is no other one. */
  readonly onnx: Uint8Array;
  readonly card: ModelCard;
  readonly statement: AdaptationStatement;
  /** `target rows × classes`: what is believed of the rows that were given. */
  readonly probabilities: Float32Array;
  /** Rows of the target that are among the labelled ones, used or not; every one where a row comes more than once. */
  readonly labelledRows: Int32Array;
  /** How the target differs from what the parent was trained on; only where the parent tells. */
  readonly shift?: ShiftReport;
  /** Undefined where the model is the parent's own. */
  readonly check?: ModelCheck;
}

const leastRows = 30;
/** Where each part of the work ends on the way from 0 to 1. */
const ends = { views: 0.55, inference: 0.85 } as const;

/**
 * Fits a model to the environment of some rows that nobody has labelled, or only a few of which: diagnoses them from the
 * training rows that the model's file carries (see `planViews` and `inferTarget`), and writes a model that answers
 * further rows of that environment. A file that the shift report finds no other environment leaves the model as it is, and
 * without labels so does one that holds hardly more than one state.
 * @param model bytes of a `model.onnx`
 * @param target rows of the new environment; labels are not looked at
 * @throws AdaptationError, ColumnsDoNotMatchError, ModelFileError; the signal's reason once it is aborted
 */
export async function adaptModel(
  model: Uint8Array,
  target: IdentifiedTable,
  options: AdaptModelOptions,
): Promise<AdaptedModel> {
  const { seed = 0, threads = 1, signal, onProgress } = options;
  const parent = await openModel(model, { threads });
  try {
    const { card } = parent;
    const sample = readTrainingSample(model, card.features.length, card.classes.length);
    if (!sample || card.window) throw new AdaptationError("no-sample");
    const rows = alignTable(target, card);
    const few = options.labelled && alignTable(options.labelled, card);
    const joined = joinLabelled(rows, few, options.labelled, card.classes);
    if (joined.rowCount < leastRows)
      throw new AdaptationError("too-few-rows", { rows: joined.rowCount, least: leastRows });
    const source = sourceRows(sample);
    const answers = await parent.predict(rows.values, rows.rowCount);
    const shift = targetShift(parent, answers, rows.values, target.featureNames);
    const leave = (verdict: LeftVerdict): AdaptedModel => {
      const counts = {
        rows: joined.rowCount,
        fittedRows: 0,
        labelledRows: 0,
        ignoredLabelledRows: joined.ignored,
        sourceRows: source.rowCount,
        classes: classRows(answers, card.classes),
      };
      const statement = describeLeft(counts, verdict);
      const left = { onnx: model, card, statement, probabilities: answers, labelledRows: joined.givenRows };
      return { ...left, ...(shift && { shift }) };
    };
    const unlabelled = joined.labelledRows.length === 0;
    if (unlabelled && shift?.verdict === "same") return leave("unchanged");
    const fittedRows = chooseRows(joined, seed);
    const fitted = targetRows(joined, fittedRows);
    const fitOf = await targetStructure(source, fitted, signal);
    const oneState = fitOf !== undefined && (await holdsOneState(fitOf, source));
    if (unlabelled && oneState) return leave("few-states");
    const pool = new FitPool(threads, signal);
    const context: Context = {
      model,
      card,
      source,
      joined,
      fittedRows,
      target: fitted,
      oneState,
      fitOf,
      answers,
      targetRowCount: rows.rowCount,
      options: { seed, pool, signal },
      threads,
      tell: async (fraction) => onProgress?.(fraction),
    };
    const adapted = await adapt(context, options).finally(() => pool.close());
    if (!adapted) return leave("few-states");
    return { ...adapted, ...(shift && { shift }) };
  } finally {
    await parent.close();
  }
}

interface Context {
  readonly model: Uint8Array;
  readonly card: ModelCard;
  readonly source: SourceRows;
  readonly joined: JoinedRows;
  /** Rows that are fitted to, by their numbers among the joined ones. */
  readonly fittedRows: Int32Array;
  readonly target: TargetRows;
  readonly oneState: boolean;
  readonly fitOf: FitOfMix | undefined;
  /** Of the parent, rows of the target's file × classes. */
  readonly answers: Float32Array;
  /** Of the joined rows, those of the target's file. */
  readonly targetRowCount: number;
  readonly options: InferenceOptions;
  readonly threads: number;
  readonly tell: (fraction: number) => Promise<void>;
}

/** @returns undefined where the parent's own answers are the better ones */
async function adapt(context: Context, { targetFileSha256, now = () => new Date() }: AdaptModelOptions) {
  const { source, joined, fittedRows, target, card, options, tell } = context;
  const { classCount } = source;
  const plan = await planViews(source, target, { ...options, onProgress: (share) => tell(ends.views * share) });
  const inference = await inferTarget(source, plan, target.labelled, {
    ...options,
    onProgress: (share) => tell(ends.views + (ends.inference - ends.views) * share),
  });
  const { posterior } = inference;
  if (await isLeftBetter(context, posterior)) return undefined;
  const reverse = await reverseOf(source, plan, inference, options);
  const evidence = await gatherEvidence(plan.best, source, inference.blind, options);
  const expected = expectedOf(evidence, inference.blind, classCount, target);
  const { kpis } = plan.prepared;
  const student = await fitStudent({ source, target, posterior, kpis, lines: inference.lines }, options);
  await tell(0.95);
  const written = await writeStudent({
    student,
    card,
    rows: { columnCount: joined.columnCount, values: joined.values },
    fittedRows,
    diagnoses: mostProbableOf(posterior, classCount),
    expected,
    labelled: target.labelled,
    blind: inference.blind,
    metadata: readMetadata(context.model),
    parentSha256: createHash("sha256").update(context.model).digest("hex"),
    targetFileSha256,
    adaptedAt: now().toISOString(),
    seed: options.seed,
    threads: context.threads,
    signal: options.signal,
  });
  const probabilities = await answersOf(context, written.onnx, fittedRows, posterior, expected.value);
  const statement = describeAdaptation(
    {
      rows: context.targetRowCount,
      fittedRows: fittedRows.length,
      labelledRows: joined.labelledRows.length,
      ignoredLabelledRows: joined.ignored,
      sourceRows: source.rowCount,
      classes: classRows(probabilities, card.classes),
    },
    { plan, inference, student, expected, reverse, oneState: context.oneState },
  );
  await tell(1);
  return { ...written, statement, probabilities, labelledRows: context.joined.givenRows };
}

/** Whether the adaptation is better not done; where labels are known it is done all the same. */
async function isLeftBetter(
  { fitOf, answers, fittedRows, joined, source }: Context,
  posterior: Float64Array,
): Promise<boolean> {
  if (!fitOf || joined.labelledRows.length > 0) return false;
  const { classCount } = source;
  const untouched = new Float64Array(posterior.length);
  for (const [place, row] of fittedRows.entries()) {
    untouched.set(answers.subarray(row * classCount, (row + 1) * classCount), place * classCount);
  }
  return explainsBetter(fitOf, untouched, posterior, classCount);
}

/** The better of two views to learn back from. */
async function reverseOf(
  source: SourceRows,
  plan: ViewPlan,
  { view, posterior }: TargetInference,
  options: InferenceOptions,
): Promise<number> {
  const scores: number[] = [];
  for (const one of new Set([view, plan.best])) {
    scores.push(await reverseValidate(one, source, posterior, options));
  }
  return Math.max(...scores);
}

function expectedOf(
  evidence: Evidence,
  blind: Float64Array,
  classCount: number,
  { rowCount, labelled }: TargetRows,
): Estimate {
  if (!labelled) return expectedAccuracy(evidence, rowCount, 0, 0);
  const diagnoses = mostProbableOf(blind, classCount);
  const hits = labelled.labels.filter((label, place) => diagnoses[labelled.rows[place]] === label).length;
  return expectedAccuracy(evidence, rowCount, hits, labelled.labels.length - hits);
}

/** Probabilities of all rows of the target's file: inferred, or by the written model for those that were not drawn. */
async function answersOf(
  { card, joined, targetRowCount, threads }: Context,
  onnx: Uint8Array,
  fittedRows: Int32Array,
  posterior: Float64Array,
  expected: number,
): Promise<Float32Array> {
  const classCount = card.classes.length;
  const believed = Float32Array.from(posterior);
  const temperature = matchConfidence(believed, classCount, expected);
  const inferred = createCalibrator(temperature, classCount).apply(believed);
  let answers = new Float32Array(targetRowCount * classCount);
  if (fittedRows.length < joined.rowCount) {
    const student = await openModel(onnx, { threads });
    try {
      answers = Float32Array.from(await student.predict(joined.values, targetRowCount));
    } finally {
      await student.close();
    }
  }
  for (const [place, row] of fittedRows.entries()) {
    if (row >= targetRowCount) continue;
    answers.set(inferred.subarray(place * classCount, (place + 1) * classCount), row * classCount);
  }
  return answers;
}
