import { presentInOrder } from "../statistics/weighted-quantiles.ts";

/** A class of fewer rows with a number says nothing of a KPI. */
const leastRows = 3;

/**
 * How well a KPI tells any class from the rest: the greatest √(n₁n₂ / (n₁ + n₂)) · D over the classes, D being the
 * largest difference of the two distribution functions. By chance alone it exceeds 2.5 about once in 100,000 times per class.
 * @param values of labelled rows, NaN for a gap
 * @param labels class index per row
 */
export function relevance(values: Float32Array, labels: Int32Array, classCount: number): number {
  const order = presentInOrder(values);
  const counts = new Int32Array(classCount);
  for (const row of order) counts[labels[row]]++;
  const seen = new Int32Array(classCount);
  const largest = new Float64Array(classCount);
  for (let at = 0; at < order.length; at++) {
    seen[labels[order[at]]]++;
    if (at + 1 < order.length && values[order[at]] === values[order[at + 1]]) continue;
    for (let label = 0; label < classCount; label++) {
      const others = order.length - counts[label];
      if (counts[label] < leastRows || others === 0) continue;
      const distance = Math.abs(seen[label] / counts[label] - (at + 1 - seen[label]) / others);
      largest[label] = Math.max(largest[label], distance);
    }
  }
  return largest.reduce((most, distance, label) => {
    const others = order.length - counts[label];
    return Math.max(most, distance * Math.sqrt((counts[label] * others) / Math.max(1, order.length)));
  }, 0);
}
