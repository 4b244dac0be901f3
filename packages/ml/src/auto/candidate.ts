import type { LearnerSettings } from "../learners/registry.ts";
import type { TrainingSettings } from "../pipeline/training-settings.ts";

/** A learner that `auto` compares. */
export interface Candidate {
  readonly learner: LearnerSettings;
  /** How its rows are chosen and weighed where the order leaves it open. */
  readonly own?: Partial<Pick<TrainingSettings, "selection" | "classWeights">> | undefined;
}

type Settings = Omit<TrainingSettings, "learner">;

/** The order's settings, and the candidate's own where the order has `auto` columns, and rows that weigh the same. */
export function settingsFor({ own = {} }: Pick<Candidate, "own">, settings: Settings): Settings {
  const { selection, classWeights } = settings;
  return {
    ...settings,
    selection: selection === "auto" ? (own.selection ?? selection) : selection,
    classWeights: classWeights === "none" ? (own.classWeights ?? classWeights) : classWeights,
  };
}
