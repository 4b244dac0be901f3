import type { AutoSettings } from "../auto/auto-settings.ts";
import type { OversamplingKind } from "../balance/smote.ts";
import type { LearnerSettings } from "../learners/registry.ts";
import type { MapMethod } from "../map/map-model.ts";
import type { ImputerKind } from "../preprocess/imputer.ts";
import type { ScalerKind } from "../preprocess/scaler.ts";
import type { SelectionKind } from "../preprocess/select/selection.ts";

/** What a training may be told; every value is given, defaults are the caller's matter. */
export interface TrainingSettings {
  /** `auto`: several, compared and blended. */
  readonly learner: LearnerSettings | AutoSettings;
  readonly seed: number;
  /** Share of the rows that early stopping watches. */
  readonly validationShare: number;
  /** Share of the rows that only the final evaluation sees. */
  readonly testShare: number;
  /**
   * `balanced`: every class weighs the same in the loss, however many rows it has; `square-root`: half way; `none`:
   * every row weighs the same; `auto`: what suits each learner that the learner `auto` compares, else as `none`.
   */
  readonly classWeights: "auto" | "balanced" | "square-root" | "none";
  /** Rare classes get synthetic rows, in the training part only; `borderline-smote`: beside rows of other classes. */
  readonly oversampling: "none" | OversamplingKind;
  /** `uniform`: probabilities as if every class were as frequent as every other in the field. */
  readonly prior: "training" | "uniform";
  /** `auto`, here and below: what suits the learner. */
  readonly scaler: "auto" | ScalerKind;
  readonly imputer: "auto" | ImputerKind;
  /** Tell the learner which cells were gaps. */
  readonly missingIndicators: boolean;
  /** Numbers are held within the quartiles moved outwards by this multiple of their distance; 0: as they are. */
  readonly outlierLimit: number;
  readonly selection: "auto" | SelectionKind;
  /** How many columns the selection keeps; 0: as many as tell something of the class. */
  readonly keepFeatures: number;
  /** The 2-D map that the model places rows on. */
  readonly map: MapMethod | "none";
  /** Whether the model carries a sample of its training rows, from which it can be adapted; default true. */
  readonly keepSample?: boolean;
}
