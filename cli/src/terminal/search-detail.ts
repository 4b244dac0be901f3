import type { Output } from "../output.ts";
import { formatScore } from "./units.ts";

interface Search {
  readonly learner: string;
  /** From 1; 0 while the number of rounds is looked for. */
  readonly fold: number;
  /** 0 during the last fits. */
  readonly folds: number;
}

interface Standing {
  readonly learner: string;
  readonly folds: number;
  readonly macroF1: number;
}

/** What a comparison of learners is at, and which of them leads so far. */
export function searchDetail(output: Output, { learner, fold, folds }: Search, standings: readonly Standing[]): string {
  const [best] = standings.filter((each) => each.folds > 0).toSorted((one, other) => other.macroF1 - one.macroF1);
  const leads = best
    ? output.text("training-leads", { learner: best.learner, macroF1: formatScore(best.macroF1) })
    : "";
  if (folds === 0) return `${output.text("training-last-fit", { learner })}${leads}`;
  if (fold === 0) return `${output.text("training-rounds", { learner })}${leads}`;
  return `${output.text("training-search", { learner, fold, folds })}${leads}`;
}
