import type { LearnerSettings } from "../learners/registry.ts";
import type { Candidate } from "./candidate.ts";
import { candidates } from "./candidates.ts";
import { stopsEarly } from "./find-rounds.ts";
import { estimateSeconds, type Shape } from "./fit-cost.ts";

export interface Plan {
  /** Rows that the candidates are compared on. */
  readonly rows: number;
  readonly folds: number;
  readonly candidates: readonly Candidate[];
  /** Candidates for which the time would not suffice. */
  readonly leftOut: readonly Candidate[];
}

/** Share of the time that may be planned with; the rest is for what the estimates miss. */
const plannedShare = 0.75;
const leastFolds = 3;
/** Rows that candidates are compared on at least, where there are as many. */
const leastRows = 1_500;
/** First candidates that are never left out: baselines and boosted trees. */
export const always = 3;
/** Share of the time that the first candidates may take before folds and rows are reduced. */
const firstShare = 0.5;
const first = 4;
/** Multiplications of one fit beyond which a candidate is hopeless on any budget: hours. */
const mostFitSeconds = 3_600;

/**
 * What can be compared in the time, by estimates alone: the same data and budget give the same plan on every machine.
 * @param budgetSeconds 0: no limit
 */
export function planSearch(shape: Shape, budgetSeconds: number, folds: number, threads: number): Plan {
  const all = candidates(shape);
  const cost = ({ learner: settings }: Candidate, rows: number, foldCount: number) => {
    const fit = estimateSeconds(settings, { ...shape, rows }, threads);
    return searchFits(settings, foldCount) * fit + estimateSeconds(settings, shape, threads);
  };
  if (budgetSeconds === 0) {
    const hopeless = ({ learner }: Candidate) => estimateSeconds(learner, shape, threads) > mostFitSeconds;
    return {
      rows: shape.rows,
      folds,
      candidates: all.filter((each) => !hopeless(each)),
      leftOut: all.filter(hopeless),
    };
  }
  const planned = plannedShare * budgetSeconds;
  const firstCost = (rows: number, foldCount: number) =>
    all.slice(0, first).reduce((sum, each) => sum + cost(each, rows, foldCount), 0);
  let foldCount = folds;
  let rows = shape.rows;
  while (foldCount > leastFolds && firstCost(rows, foldCount) > firstShare * planned) foldCount--;
  while (rows > leastRows && firstCost(rows, foldCount) > firstShare * planned) {
    rows = Math.max(leastRows, Math.floor(rows / 2));
  }
  const chosen: Candidate[] = [];
  const leftOut: Candidate[] = [];
  let total = 0;
  for (const [index, candidate] of all.entries()) {
    const own = cost(candidate, rows, foldCount);
    if (index < always || total + own <= planned) {
      chosen.push(candidate);
      total += own;
    } else leftOut.push(candidate);
  }
  return { rows, folds: foldCount, candidates: chosen, leftOut };
}

/** Fits of the search: one per fold, and one more where the number of rounds has to be found. */
export function searchFits(settings: LearnerSettings, folds: number): number {
  return folds + (stopsEarly(settings) ? 1 : 0);
}
