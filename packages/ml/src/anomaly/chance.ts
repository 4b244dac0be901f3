/** Families of comparisons go wrong in one of a hundred. */
const familyError = 0.01;
/** Rows of a series are like their neighbours, which the binomial does not know: below this share nothing is told. */
const leastShare = 0.1;
const rounding = 1e-9;

/**
 * Whether more rows lie outside than chance explains where a row does so with probability `share`: more than all but
 * 1 % of families of so many comparisons would show (binomial tail, Bonferroni), and more than a tenth of the rows.
 * @param outside of `rows` rows
 * @param comparisons that are made at once
 */
export function isMoreThanChance(outside: number, rows: number, share: number, comparisons: number): boolean {
  if (outside <= leastShare * rows) return false;
  return upperTail(outside, rows, share) <= (familyError / Math.max(1, comparisons)) * (1 + rounding);
}

/** Probability of at least so many of the trials; `successes` above their mean. */
function upperTail(successes: number, trials: number, share: number): number {
  let term = Math.exp(
    logChoose(trials, successes) + successes * Math.log(share) + (trials - successes) * Math.log1p(-share),
  );
  let sum = 0;
  for (let count = successes; count <= trials && term > 1e-18 * sum; count++) {
    sum += term;
    term *= ((trials - count) / (count + 1)) * (share / (1 - share));
  }
  return sum;
}

function logChoose(n: number, k: number): number {
  let sum = 0;
  const terms = Math.min(k, n - k);
  if (terms > 1_000) return stirling(n) - stirling(k) - stirling(n - k);
  for (let term = 1; term <= terms; term++) sum += Math.log((n - terms + term) / term);
  return sum;
}

function stirling(n: number): number {
  return n === 0 ? 0 : n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n) + 1 / (12 * n);
}
