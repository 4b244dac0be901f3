/**
 * Largest difference of the weighted distribution functions of two columns (Kolmogorov and Smirnov), 0 to 1.
 * @param first numbers with their rows in rising order, gaps left out
 * @returns 1 where one of them has no number
 */
export function distributionDistance(first: OrderedColumn, second: OrderedColumn): number {
  const totals = [totalOf(first), totalOf(second)];
  if (!(totals[0] > 0 && totals[1] > 0)) return 1;
  let difference = 0;
  let largest = 0;
  let i = 0;
  let j = 0;
  while (i < first.order.length && j < second.order.length) {
    const value = Math.min(first.values[first.order[i]], second.values[second.order[j]]);
    while (i < first.order.length && first.values[first.order[i]] === value) {
      difference += first.weights[first.order[i++]] / totals[0];
    }
    while (j < second.order.length && second.values[second.order[j]] === value) {
      difference -= second.weights[second.order[j++]] / totals[1];
    }
    largest = Math.max(largest, Math.abs(difference));
  }
  return largest;
}

export interface OrderedColumn {
  readonly values: Float32Array;
  /** Rows with a number, from the least to the greatest. */
  readonly order: Int32Array;
  readonly weights: ArrayLike<number>;
}

function totalOf({ order, weights }: OrderedColumn): number {
  let total = 0;
  for (const row of order) total += weights[row];
  return total;
}
