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
    "column-selection",
    "column-class-weights",
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
    entries.map(({ settings, selection, classWeights, macroF1, macroF1Spread, accuracy, folds, ...entry }) => [
      shortName(settings),
      selection ?? "–",
      classWeights ?? "–",
      scoreOrDash(macroF1),
      folds > 1 ? scoreOrDash(macroF1Spread) : "–",
      scoreOrDash(accuracy),
      folds,
      formatSeconds(entry.seconds),
      entry.weight > 0 ? formatScore(entry.weight) : "–",
      output.text(`leaderboard-${entry.reason ?? entry.status}`),
    ]),
  );
}

/** No score where no fold was scored. */
function scoreOrDash(score: number | null): string {
  return score === null ? "–" : formatScore(score);
}

/** A learner with what tells it from others of its kind. */
export function shortName(settings: TrainingSettings["learner"]): string {
  if (settings.learner !== "gbdt") return settings.learner;
  return `gbdt, ${settings.leaves} leaves, rate ${settings.learningRate}`;
}
