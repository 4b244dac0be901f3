import { fisherExactProbability } from "../honesty/fisher-exact.ts";

/** Rows of a stretch of time, and how many of them were diagnosed as a fault. */
export interface FaultCount {
  readonly rows: number;
  readonly faulty: number;
}

/** Chance of seeing a change where there is none. */
const falseAlarmRate = 0.05;
/** Smaller changes of the share of faulty rows are not worth a word, however sure they are. */
const leastChange = 0.1;

/**
 * Where the latest state of a system begins: the share of faulty rows is cut in two at the most likely place (two
 * binomials), the later part again, and so on, until no cut tells of a change beyond chance (Fisher's exact test,
 * Bonferroni over the places). Binary segmentation after A. J. Scott and M. Knott, 1974, of which only the last part is
 * followed.
 * @param counts in the order of time
 * @returns index of the first stretch of the latest state, 0 where nothing has changed
 */
export function latestSegment(counts: readonly FaultCount[]): number {
  let first = 0;
  for (;;) {
    const cut = changeAfter(counts, first);
    if (cut === undefined) return first;
    first = cut;
  }
}

function changeAfter(counts: readonly FaultCount[], first: number): number | undefined {
  const all = sum(counts.slice(first));
  let best:
    | { readonly cut: number; readonly gain: number; readonly early: FaultCount; readonly late: FaultCount }
    | undefined;
  let early = { rows: 0, faulty: 0 };
  for (let cut = first + 1; cut < counts.length; cut++) {
    early = sum([early, counts[cut - 1]]);
    const late = { rows: all.rows - early.rows, faulty: all.faulty - early.faulty };
    const gain = logLikelihood(early) + logLikelihood(late);
    if (!best || gain > best.gain) best = { cut, gain, early, late };
  }
  if (!best || Math.abs(shareOf(best.early) - shareOf(best.late)) < leastChange) return undefined;
  const { early: before, late: after } = best;
  const probability = fisherExactProbability(after.faulty, after.rows, before.faulty, before.rows);
  return probability * (counts.length - first - 1) <= falseAlarmRate ? best.cut : undefined;
}

function sum(counts: readonly FaultCount[]): FaultCount {
  return counts.reduce((total, { rows, faulty }) => ({ rows: total.rows + rows, faulty: total.faulty + faulty }), {
    rows: 0,
    faulty: 0,
  });
}

const shareOf = ({ rows, faulty }: FaultCount): number => (rows === 0 ? 0 : faulty / rows);

/** Of a binomial at its most likely share. */
function logLikelihood({ rows, faulty }: FaultCount): number {
  const term = (count: number) => (count === 0 ? 0 : count * Math.log(count / rows));
  return term(faulty) + term(rows - faulty);
}
