import type { ImputerKind } from "../preprocess/imputer.ts";
import type { ScalerKind } from "../preprocess/scaler.ts";
import type { SelectionKind } from "../preprocess/select/selection.ts";
import type { LearnerName } from "./registry.ts";

export interface PreparationPreferences {
  readonly scaler: ScalerKind;
  readonly imputer: ImputerKind;
  readonly selection: SelectionKind;
}

const usual: PreparationPreferences = { scaler: "robust-signed-log", imputer: "median", selection: "none" };

/** What `auto` stands for with each learner. */
const preferences: { readonly [Name in LearnerName]?: PreparationPreferences } = {
  mlp: { ...usual, selection: "mutual-information" },
  "origin-mlp": { ...usual, scaler: "standard" },
  cnn: usual,
  gru: usual,
  linear: { ...usual, selection: "mutual-information" },
};

export function preparationPreferences(learner: LearnerName): PreparationPreferences {
  return preferences[learner] ?? usual;
}
