import type { Samples } from "../learners/learner.ts";
import { preparationPreferences } from "../learners/preparation-preferences.ts";
import { type LearnerName, learnerInput } from "../learners/registry.ts";
import { fitPreparation, PreparationError } from "../preprocess/fit-preparation.ts";
import type { Preparation, RawRows } from "../preprocess/preparation.ts";
import { rawPreparation } from "../preprocess/raw-preparation.ts";
import { selectColumns } from "../preprocess/select/select-columns.ts";
import type { FeatureScore, SelectionKind } from "../preprocess/select/selection.ts";
import { classWeights } from "./class-weights.ts";
import { TrainingError } from "./training-error.ts";
import type { TrainingSettings } from "./training-settings.ts";

/** Labelled raw rows. */
export interface LabelledRows {
  readonly raw: RawRows;
  /** Class index per row of the table. */
  readonly labels: Int32Array;
  readonly classCount: number;
}

export interface FittedPreparation {
  readonly preparation: Preparation;
  /** What `auto` came to; `none` where the learner takes rows as they are. */
  readonly settings: { readonly scaler: string; readonly imputer: string; readonly selection: SelectionKind };
  /** Per input column; undefined where nothing was selected. */
  readonly scores?: readonly FeatureScore[];
}

/**
 * Selects columns and fits the preprocessing that suits the learner, on the given rows alone.
 * @throws TrainingError where no column is left, or the settings do not go with so many
 */
export async function prepare(
  { raw, labels, classCount }: LabelledRows,
  rows: Int32Array,
  learner: LearnerName,
  settings: Omit<TrainingSettings, "learner">,
  signal?: AbortSignal,
): Promise<FittedPreparation> {
  const own = preparationPreferences(learner);
  const resolved = {
    scaler: settings.scaler === "auto" ? own.scaler : settings.scaler,
    imputer: settings.imputer === "auto" ? own.imputer : settings.imputer,
    selection: settings.selection === "auto" ? own.selection : settings.selection,
    missingIndicators: settings.missingIndicators,
    outlierLimit: settings.outlierLimit,
  };
  const scores =
    resolved.selection === "none"
      ? undefined
      : await selectColumns(raw, rows, labels, classCount, { ...settings, selection: resolved.selection }, signal);
  const kept = scores?.map((score) => score.kept);
  try {
    const takesRaw = learnerInput(learner) === "raw";
    const preparation = takesRaw
      ? rawPreparation(raw, rows, kept)
      : await fitPreparation(raw, rows, resolved, signal, kept);
    if (preparation.outputColumns === 0) {
      throw new TrainingError("data-unusable", { reason: "no-informative-features", features: raw.columnCount });
    }
    const settingsUsed = takesRaw ? { ...resolved, scaler: "none", imputer: "none" } : resolved;
    return { preparation, settings: settingsUsed, ...(scores && { scores }) };
  } catch (error) {
    if (error instanceof PreparationError) throw new TrainingError("data-unusable", error.parameters);
    throw error;
  }
}

/** Rows in the form that a learner takes. */
export async function samplesOf(
  { raw, labels, classCount }: LabelledRows,
  rows: Int32Array,
  preparation: Preparation,
  weighting: TrainingSettings["classWeights"],
  signal?: AbortSignal,
): Promise<Samples> {
  const own = rows.map((row) => labels[row]);
  return {
    rowCount: rows.length,
    columnCount: preparation.outputColumns,
    values: await preparation.apply(raw, rows, signal),
    labels: own,
    classCount,
    weights: classWeights(own, classCount, weighting),
  };
}
