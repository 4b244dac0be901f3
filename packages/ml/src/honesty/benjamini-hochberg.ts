/**
 * Which of many tests to believe, so that of those believed at most `rate` are expected to be false (Y. Benjamini,
 * Y. Hochberg, "Controlling the false discovery rate", 1995). Where no test has anything to find, the chance that any
 * is believed is at most `rate`.
 * @param probabilities p-value per test
 * @param rate 0 to 1
 */
export function benjaminiHochberg(probabilities: ArrayLike<number>, rate: number): boolean[] {
  const order = Array.from(probabilities, (_, test) => test).sort((a, b) => probabilities[a] - probabilities[b]);
  let last = -1;
  for (const [rank, test] of order.entries()) {
    if (probabilities[test] <= (rate * (rank + 1)) / order.length) last = rank;
  }
  const believed = order.map(() => false);
  for (let rank = 0; rank <= last; rank++) believed[order[rank]] = true;
  return believed;
}
