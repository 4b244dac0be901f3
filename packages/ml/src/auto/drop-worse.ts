import type { Contender } from "./contender.ts";
import { meanOf } from "./fold-scores.ts";

/** How far behind the best in macro-F1, and by which factor above its loss, is clearly worse after one fold, and two. */
const limits = [
  { macroF1: 0.08, loss: 1.35 },
  { macroF1: 0.04, loss: 1.2 },
];

/** Stops the contenders that the folds so far show to be clearly worse, in macro-F1 and in loss. */
export function dropWorse(contenders: readonly Contender[], foldsDone: number): void {
  const limit = limits[foldsDone - 1];
  const racing = contenders.filter(({ status }) => status === "racing");
  if (!limit || racing.length < 2) return;
  const macroF1 = (contender: Contender) => meanOf(contender.scores.map((score) => score.macroF1));
  const loss = (contender: Contender) => meanOf(contender.scores.map((score) => score.loss));
  const best = Math.max(...racing.map(macroF1));
  const least = Math.min(...racing.map(loss));
  for (const contender of racing) {
    if (contender.candidate.learner === "majority") continue;
    if (macroF1(contender) >= best - limit.macroF1 || loss(contender) <= limit.loss * least) continue;
    contender.status = "stopped-early";
    contender.reason = "clearly-worse";
  }
}
