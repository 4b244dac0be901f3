export type SelectionKind = "none" | "fisher" | "mutual-information" | "importance" | "stability";

export interface SelectionSettings {
  readonly selection: Exclude<SelectionKind, "none">;
  /** How many columns; 0: those that tell more of the class than columns with shuffled labels do, at most 256. */
  readonly keepFeatures: number;
  readonly seed: number;
}

/** Of one input column. */
export interface FeatureScore {
  readonly score: number;
  readonly kept: boolean;
}
