import type { TrainingSettings } from "../pipeline/training-settings.ts";
import { rowsAndColumns } from "./candidate.ts";
import type { Contender } from "./contender.ts";
import { type FoldScore, meanOf, spreadOf } from "./fold-scores.ts";
import type { LeaderboardEntry } from "./leaderboard.ts";
import type { Plan } from "./plan.ts";
import type { Race } from "./race.ts";

/**
 * What the leaderboard tells of each candidate: those that were scored first, the best first; last those that no fold
 * was scored of.
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
    return {
      learner: candidate.learner,
      settings: candidate,
      ...rowsAndColumns({ learner: candidate, own }, settings),
      ...summary(scores),
      seconds,
      weight: weights[scored.indexOf(contender)] ?? 0,
      status: status === "racing" ? "scored" : status,
      ...(reason && { reason }),
    };
  });
  const rank = { scored: 0, "stopped-early": 1, failed: 2 } as const;
  const unscored = ({ folds }: LeaderboardEntry) => Number(folds === 0);
  compared.sort(
    (one, other) =>
      unscored(one) - unscored(other) ||
      rank[one.status] - rank[other.status] ||
      (other.macroF1 ?? 0) - (one.macroF1 ?? 0),
  );
  const never = leftOut.map(
    ({ learner, own }): LeaderboardEntry => ({
      learner: learner.learner,
      settings: learner,
      ...rowsAndColumns({ learner, own }, settings),
      ...summary([]),
      seconds: 0,
      weight: 0,
      status: "stopped-early",
      reason: "out-of-time",
    }),
  );
  return [...compared, ...never];
}

function summary(
  scores: readonly FoldScore[],
): Pick<LeaderboardEntry, "macroF1" | "macroF1Spread" | "accuracy" | "folds"> {
  const folds = scores.length;
  if (folds === 0) return { macroF1: null, macroF1Spread: null, accuracy: null, folds };
  const macroF1s = scores.map(({ macroF1 }) => macroF1);
  const accuracies = scores.map(({ accuracy }) => accuracy);
  return { macroF1: meanOf(macroF1s), macroF1Spread: spreadOf(macroF1s), accuracy: meanOf(accuracies), folds };
}
