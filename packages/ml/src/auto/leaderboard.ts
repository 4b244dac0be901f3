import type { LearnerSettings } from "../learners/registry.ts";
import type { TrainingSettings } from "../pipeline/training-settings.ts";
import type { SelectionKind } from "../preprocess/select/selection.ts";

/** Why a candidate was not scored to the end; the first two are no fault of it. */
export type LeaderboardReason =
  | "clearly-worse"
  | "out-of-time"
  | "did-not-converge"
  | "out-of-memory"
  | "data-unusable"
  | "internal";

export interface LeaderboardEntry {
  readonly learner: string;
  readonly settings: LearnerSettings;
  /** How its columns were selected and its rows weighed; reports of earlier versions do not tell. */
  readonly selection?: SelectionKind | undefined;
  readonly classWeights?: Exclude<TrainingSettings["classWeights"], "auto"> | undefined;
  /** Mean over the folds that were scored; null where none was. */
  readonly macroF1: number | null;
  /** Standard deviation over these folds. */
  readonly macroF1Spread: number | null;
  readonly accuracy: number | null;
  /** Folds that were scored. */
  readonly folds: number;
  readonly seconds: number;
  /** Share in the blend; 0 where it is not used. */
  readonly weight: number;
  readonly status: "scored" | "stopped-early" | "failed";
  readonly reason?: LeaderboardReason | undefined;
}

/** How the candidates of `auto` did on the same folds, best first, those last that were scored on none. */
export interface Leaderboard {
  /** Folds that every scored candidate went through. */
  readonly folds: number;
  /** 0: there was no limit. */
  readonly budgetSeconds: number;
  readonly seconds: number;
  /** Rows that the candidates were compared on. */
  readonly rows: number;
  /** How the blend's members are averaged. */
  readonly mean: "arithmetic" | "geometric";
  /** Of the blend, out of fold, over all rows compared. */
  readonly macroF1: number;
  readonly accuracy: number;
  readonly entries: readonly LeaderboardEntry[];
}
