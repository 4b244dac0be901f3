import type { FitProgress } from "../learners/learner.ts";
import type { LearnerSettings } from "../learners/registry.ts";
import type { Candidate } from "./candidate.ts";
import type { FoldScore } from "./fold-scores.ts";
import type { LeaderboardReason } from "./leaderboard.ts";

/** A candidate on its way through the folds. */
export interface Contender {
  readonly candidate: LearnerSettings;
  readonly own: Candidate["own"];
  /** With the rounds that early stopping found. */
  settings: LearnerSettings;
  status: "racing" | "scored" | "stopped-early" | "failed";
  reason?: LeaderboardReason | undefined;
  readonly scores: FoldScore[];
  /** Per fold `rows × classes` probabilities. */
  readonly predictions: Float32Array[];
  seconds: number;
  /** Of the latest fold. */
  lastSeconds: number;
  /** How the first fit went. */
  curve: readonly FitProgress[];
  bestEpoch: number;
}

export function createContender({ learner: candidate, own }: Candidate): Contender {
  return {
    candidate,
    own,
    settings: candidate,
    status: "racing",
    scores: [],
    predictions: [],
    seconds: 0,
    lastSeconds: 0,
    curve: [],
    bestEpoch: 1,
  };
}
