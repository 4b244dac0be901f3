/**
 * Probability that a score of one group is above one of the other, ties counted half: the area under the receiver
 * operating characteristic (J. A. Hanley, B. J. McNeil, 1982). 0.5 where a group is empty.
 * @param low scores of the rows that should score low
 * @param high scores of the rows that should score high
 */
export function areaUnderRoc(low: ArrayLike<number>, high: ArrayLike<number>): number {
  if (low.length === 0 || high.length === 0) return 0.5;
  const lows = Float64Array.from(low).sort();
  const highs = Float64Array.from(high).sort();
  let below = 0;
  let notAbove = 0;
  let wins = 0;
  for (const score of highs) {
    while (below < lows.length && lows[below] < score) below++;
    while (notAbove < lows.length && lows[notAbove] <= score) notAbove++;
    wins += (below + notAbove) / 2;
  }
  return wins / (lows.length * highs.length);
}
