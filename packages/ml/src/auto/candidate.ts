import { preparationPreferences } from "../learners/preparation-preferences.ts";
import type { LearnerSettings } from "../learners/registry.ts";
import type { TrainingSettings } from "../pipeline/training-settings.ts";
import type { LeaderboardEntry } from "./leaderboard.ts";

/** A learner that `auto` compares. */
export interface Candidate {
  readonly learner: LearnerSettings;
  /** How its rows are chosen and weighed where the order leaves it open. */
  readonly own?: Partial<Pick<TrainingSettings, "selection" | "classWeights">> | undefined;
}

type Settings = Omit<TrainingSettings, "learner">;

/** The order's settings, and the candidate's own where the order has `auto`. */
export function settingsFor<Order extends Pick<Settings, "selection" | "classWeights">>(
  { own = {} }: Pick<Candidate, "own">,
  settings: Order,
): Order {
  const { selection, classWeights } = settings;
  return {
    ...settings,
    selection: selection === "auto" ? (own.selection ?? selection) : selection,
    classWeights: classWeights === "auto" ? (own.classWeights ?? classWeights) : classWeights,
  };
}

/** How a candidate's columns are selected and its rows weighed, with nothing left open. */
export function rowsAndColumns(
  candidate: Candidate,
  settings: Pick<Settings, "selection" | "classWeights">,
): Pick<LeaderboardEntry, "selection" | "classWeights"> {
  const { selection, classWeights } = settingsFor(candidate, settings);
  return {
    selection: selection === "auto" ? preparationPreferences(candidate.learner.learner).selection : selection,
    classWeights: classWeights === "auto" ? "none" : classWeights,
  };
}
