import type { Leaderboard } from "../auto/leaderboard.ts";
import type { HonestyReport } from "../honesty/honesty-report.ts";
import type { FitProgress } from "../learners/learner.ts";
import type { MapReport } from "../map/training-map.ts";
import type { Evaluation } from "../metrics/evaluate-predictions.ts";
import type { TrainingAttempt } from "./climb.ts";

export const reportSchema = "report.v1";

/** How a training went. */
export interface Report {
  readonly schema: typeof reportSchema;
  readonly classes: readonly string[];
  /** Rows per part. */
  readonly split: { readonly training: number; readonly validation: number; readonly test: number };
  readonly preparation: {
    readonly duplicateRowsDropped: number;
    readonly constantFeaturesDropped: readonly string[];
    /** Gaps in the columns that the model reads, over all parts; 0 where they stay gaps, as trees take them. */
    readonly cellsImputed: number;
    /** Rows per class once duplicates are dropped. */
    readonly classes: readonly { readonly name: string; readonly rows: number }[];
    /** Classes that had too few rows to be learned, with their rows; absent where there was none. */
    readonly classesLeftOut?: readonly { readonly name: string; readonly rows: number }[] | undefined;
    /** What `auto` came to. */
    readonly scaler: string;
    readonly imputer: string;
    readonly selection: string;
    /** Columns by what they tell of the class, best first; empty where nothing was selected. */
    readonly featureScores: readonly { readonly name: string; readonly score: number; readonly kept: boolean }[];
    /** Rows that oversampling added to the training part. */
    readonly syntheticRows: number;
  };
  /** Of the rows that early stopping watched; with `auto`, of out-of-fold predictions. */
  readonly validation: Evaluation;
  /** On rows that neither training nor early stopping ever saw. */
  readonly test: Evaluation;
  readonly honesty: HonestyReport;
  /** Rows of all parts on the model's map; absent where none was wanted. */
  readonly map?: MapReport | undefined;
  /** By permutation on the test part, the greatest first; the columns that the model uses. */
  readonly importance?: readonly KpiImportance[] | undefined;
  /** Simple learners, fitted to the same training part and scored on the same test part. */
  readonly baselines: readonly Baseline[];
  /** With `auto`: how the learners did that were compared. */
  readonly leaderboard?: Leaderboard | undefined;
  /** Every try of the ladder, where there was more than one. */
  readonly attempts?: readonly TrainingAttempt[] | undefined;
  /** Of the only learner, or of the one with the greatest weight. */
  readonly curve: readonly EpochPoint[];
  readonly bestEpoch: number;
  /** Largest difference between the written model and the trainer's own forward pass. */
  readonly check: { readonly rows: number; readonly maxDifference: number };
  readonly fitSeconds: number;
  readonly seconds: number;
}

/** Drop of macro-F1 where a column's values are shuffled, with the bounds of a 95 % interval. */
export interface KpiImportance {
  readonly name: string;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export type EpochPoint = Omit<FitProgress, "epochs">;

export interface Baseline {
  readonly learner: string;
  readonly macroF1: number;
  readonly accuracy: number;
}
