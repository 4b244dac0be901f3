import { logFactorial } from "./log-factorial.ts";

/**
 * Fisher's exact test of two shares, two-sided as twice the smaller tail: the probability that counts as uneven come
 * by chance.
 * @param firstHits of `firstCount`, whole numbers
 * @param secondHits of `secondCount`
 */
export function fisherExactProbability(
  firstHits: number,
  firstCount: number,
  secondHits: number,
  secondCount: number,
): number {
  const hits = firstHits + secondHits;
  const count = firstCount + secondCount;
  const least = Math.max(0, hits - secondCount);
  const most = Math.min(hits, firstCount);
  if (least >= most) return 1;
  const logPoint = (k: number) => logChoose(firstCount, k) + logChoose(secondCount, hits - k) - logChoose(count, hits);
  const point = Math.exp(logPoint(firstHits));
  const up = (k: number) => ((firstCount - k) * (hits - k)) / ((k + 1) * (secondCount - hits + k + 1));
  const down = (k: number) => (k * (secondCount - hits + k)) / ((firstCount - k + 1) * (hits - k + 1));
  let upper = point;
  for (let k = firstHits, term = point; k < most && term > upper * 1e-12; k++) upper += term *= up(k);
  let lower = point;
  for (let k = firstHits, term = point; k > least && term > lower * 1e-12; k--) lower += term *= down(k);
  return Math.min(1, 2 * Math.min(upper, lower));
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}
