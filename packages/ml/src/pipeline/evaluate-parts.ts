import { openPredictor } from "../diagnose/predictor.ts";
import { type ColumnImportance, permutationImportance } from "../explain/permutation-importance.ts";
import { type Evaluation, evaluatePredictions } from "../metrics/evaluate-predictions.ts";
import { mostProbable } from "../metrics/most-probable.ts";
import type { GraphBuilder } from "../onnx/graph-builder.ts";
import { predictRows } from "./predict-rows.ts";
import type { LabelledRows } from "./prepare-rows.ts";
import type { Split } from "./stratified-split.ts";
import { writeModel } from "./write-model.ts";

export interface EvaluatePartsOptions {
  /** Columns that the model reads; the others lose nothing by permutation. */
  readonly used: readonly boolean[];
  /** Rows of a window; 1 without windows. */
  readonly steps: number;
  readonly seed: number;
  /** What the permutations may take. */
  readonly seconds: number;
  readonly threads: number;
  readonly signal?: AbortSignal | undefined;
}

export interface EvaluatedParts {
  /** Absent without rows that were only watched. */
  readonly validation?: Evaluation;
  readonly test: Evaluation;
  /** `test rows × classes`, row by row. */
  readonly testProbabilities: Float32Array;
  readonly importance: readonly ColumnImportance[];
}

/** Scores the written graph on the rows that were only watched and on those never seen, and what each column adds. */
export async function evaluateParts(
  graph: GraphBuilder,
  { raw, labels }: LabelledRows,
  { validation: watched, test: unseen }: Pick<Split, "validation" | "test">,
  classes: readonly string[],
  { used, steps, seed, seconds, threads, signal }: EvaluatePartsOptions,
): Promise<EvaluatedParts> {
  const classCount = classes.length;
  const predictor = await openPredictor(writeModel(graph, {}), steps * raw.columnCount, classCount, { threads });
  const probabilities = (rows: Int32Array) => predictRows(predictor, raw, rows, classCount, signal, steps);
  const evaluate = (rows: Int32Array, predicted: Float32Array) =>
    evaluatePredictions(
      rows.map((row) => labels[row]),
      mostProbable(predicted, classCount),
      classes,
    );
  try {
    const validation = watched.length > 0 ? evaluate(watched, await probabilities(watched)) : undefined;
    const testProbabilities = await probabilities(unseen);
    const test = evaluate(unseen, testProbabilities);
    const shuffled = { raw, rows: unseen, labels, classCount, used, steps, predict: predictor.predict };
    const importance = await permutationImportance(shuffled, { seed, seconds, signal });
    return { ...(validation && { validation }), test, testProbabilities, importance };
  } finally {
    await predictor.close();
  }
}

/** What finding the importances may take beside a fit. */
export function importanceSeconds(fitSeconds: number): number {
  return Math.min(10, 3 + fitSeconds / 10);
}
