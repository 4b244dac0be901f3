import type { Contender } from "./contender.ts";
import { meanOf } from "./fold-scores.ts";
import type { LeaderboardReason } from "./leaderboard.ts";

/** How a candidate stands while the search still runs. */
export interface Standing {
  readonly learner: string;
  /** Folds that it was scored on so far. */
  readonly folds: number;
  /** Mean over these; 0 where there is none. */
  readonly macroF1: number;
  readonly status: "waiting" | "fitting" | "scored" | "stopped-early" | "failed";
  readonly reason?: LeaderboardReason | undefined;
}

/** Of all candidates, in the order in which they are tried. @param fitted the one that is being fitted */
export function standingsOf(contenders: readonly Contender[], fitted: Contender): Standing[] {
  return contenders.map((contender): Standing => {
    const { candidate, scores, reason } = contender;
    return {
      learner: candidate.learner,
      folds: scores.length,
      macroF1: meanOf(scores.map(({ macroF1 }) => macroF1)),
      status: contender === fitted ? "fitting" : statusOf(contender),
      ...(reason && { reason }),
    };
  });
}

function statusOf({ status, scores }: Contender): Standing["status"] {
  if (status !== "racing") return status;
  return scores.length === 0 ? "waiting" : "scored";
}
