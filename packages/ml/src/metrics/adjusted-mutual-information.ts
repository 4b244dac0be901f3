import { contingency } from "./adjusted-rand.ts";

/**
 * Mutual information of two ways to group the same rows over the mean of their entropies, corrected for chance (N. X.
 * Vinh, J. Epps, J. Bailey, 2010): 1 where they are the same but for names, 0 on average by chance.
 */
export function adjustedMutualInformation(one: ArrayLike<number>, other: ArrayLike<number>): number {
  const { cells, rows, columns, count } = contingency(one, other);
  if (rows.size === columns.size && rows.size <= 1) return 1;
  let information = 0;
  for (const [cell, n] of cells) {
    const [row, column] = cell.split(",").map(Number);
    information += (n / count) * Math.log((count * n) / ((rows.get(row) ?? 0) * (columns.get(column) ?? 0)));
  }
  const expected = expectedInformation([...rows.values()], [...columns.values()], count);
  const mean = (entropy(rows.values(), count) + entropy(columns.values(), count)) / 2;
  const room = mean - expected;
  return (information - expected) / (Math.abs(room) < Number.EPSILON ? Number.EPSILON : room);
}

function entropy(counts: Iterable<number>, total: number): number {
  let sum = 0;
  for (const n of counts) sum -= (n / total) * Math.log(n / total);
  return sum;
}

/** Over all pairs of groupings with groups of these sizes. */
function expectedInformation(rows: readonly number[], columns: readonly number[], total: number): number {
  const logFactorials = new Float64Array(total + 1);
  for (let n = 1; n <= total; n++) logFactorials[n] = logFactorials[n - 1] + Math.log(n);
  let sum = 0;
  for (const a of rows) {
    for (const b of columns) {
      const fixed =
        logFactorials[a] +
        logFactorials[b] +
        logFactorials[total - a] +
        logFactorials[total - b] -
        logFactorials[total];
      for (let n = Math.max(1, a + b - total); n <= Math.min(a, b); n++) {
        const ways = logFactorials[n] + logFactorials[a - n] + logFactorials[b - n] + logFactorials[total - a - b + n];
        sum += (n / total) * Math.log((total * n) / (a * b)) * Math.exp(fixed - ways);
      }
    }
  }
  return sum;
}
