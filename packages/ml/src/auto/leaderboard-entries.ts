import type { TrainingSettings } from "../pipeline/training-settings.ts";
import { rowsAndColumns } from "./candidate.ts";
import type { Contender } from "./contender.ts";
import { meanOf, spreadOf } from "./fold-scores.ts";
import type { LeaderboardEntry } from "./leaderboard.ts";
import type { Plan } from "./plan.ts";
import type { Race } from "./race.ts";

/**
 * What the leaderboard tells of each candidate: those that were scored first, the best first.
 * @param weights per scored contender its share in the blend
 * @param settings the order's
 */
export function entriesOf(
  { contenders }: Race,
  { leftOut }: Plan,
  scored: readonly Contender[],
  weights: readonly number[],
  settings: Pick<TrainingSettings, "selection" | "classWeights">,
): LeaderboardEntry[] {
  const compared = contenders.map((contender): LeaderboardEntry => {
    const { candidate, own, scores, seconds, status, reason } = contender;
    const macroF1s = scores.map(({ macroF1 }) => macroF1);
    return {
      learner: candidate.learner,
      settings: candidate,
      ...rowsAndColumns({ learner: candidate, own }, settings),
      macroF1: meanOf(macroF1s),
      macroF1Spread: spreadOf(macroF1s),
      accuracy: meanOf(scores.map(({ accuracy }) => accuracy)),
      folds: scores.length,
      seconds,
      weight: weights[scored.indexOf(contender)] ?? 0,
      status: status === "racing" ? "scored" : status,
      ...(reason && { reason }),
    };
  });
  const rank = { scored: 0, "stopped-early": 1, failed: 2 } as const;
  compared.sort((one, other) => rank[one.status] - rank[other.status] || other.macroF1 - one.macroF1);
  const never = leftOut.map(
    ({ learner, own }): LeaderboardEntry => ({
      learner: learner.learner,
      settings: learner,
      ...rowsAndColumns({ learner, own }, settings),
      ...{ macroF1: 0, macroF1Spread: 0, accuracy: 0, folds: 0, seconds: 0, weight: 0 },
      status: "stopped-early",
      reason: "out-of-time",
    }),
  );
  return [...compared, ...never];
}
