import type { Leaderboard } from "@systemhealer/ml/auto/leaderboard";
import type { TrainingSettings } from "@systemhealer/ml/pipeline/training-settings";
import type { TextCode } from "../messages/text.ts";
import type { Output } from "../output.ts";
import { formatTable } from "./table.ts";
import { formatScore, formatSeconds } from "./units.ts";

/** How the learners did that `auto` has compared, best first. */
export function leaderboardTable(output: Output, { entries }: Pick<Leaderboard, "entries">): string {
  const columns: readonly TextCode[] = [
    "column-learner",
    "column-macro-f1",
    "column-spread",
    "column-accuracy",
    "column-folds",
    "column-time",
    "column-weight",
    "column-status",
  ];
  return formatTable(
    columns.map((code) => output.text(code)),
    entries.map(({ settings, macroF1, macroF1Spread, accuracy, folds, seconds, weight, status, reason }) => [
      shortName(settings),
      folds > 0 ? formatScore(macroF1) : "–",
      folds > 1 ? formatScore(macroF1Spread) : "–",
      folds > 0 ? formatScore(accuracy) : "–",
      folds,
      formatSeconds(seconds),
      weight > 0 ? formatScore(weight) : "–",
      reason ? output.text(`leaderboard-${reason}`) : output.text(`leaderboard-${status}`),
    ]),
  );
}

/** A learner with what tells it from others of its kind. */
export function shortName(settings: TrainingSettings["learner"]): string {
  if (settings.learner !== "gbdt") return settings.learner;
  return `gbdt, ${settings.leaves} leaves, rate ${settings.learningRate}`;
}
