import type { LearnerSettings } from "../learners/registry.ts";
import type { ImputerKind } from "../preprocess/imputer.ts";
import type { ScalerKind } from "../preprocess/scaler.ts";

/** What a training may be told; every value is given, defaults are the caller's matter. */
export interface TrainingSettings {
  readonly learner: LearnerSettings;
  readonly seed: number;
  /** Share of the rows that early stopping watches. */
  readonly validationShare: number;
  /** Share of the rows that only the final evaluation sees. */
  readonly testShare: number;
  /** `balanced`: every class weighs the same in the loss, however many rows it has. */
  readonly classWeights: "balanced" | "none";
  readonly scaler: ScalerKind;
  readonly imputer: ImputerKind;
  /** Tell the learner which cells were gaps. */
  readonly missingIndicators: boolean;
}
