import { weightedQuantiles } from "./weighted-quantiles.ts";

const noLimit = Number.POSITIVE_INFINITY;

/**
 * Numbers by the robust scale of their own file: asinh((x − median) / interquartile range). Where that range is nothing,
 * the middle 90 % or the standard deviation takes its place.
 * @param values numbers, NaN for a gap
 * @param weights one per value
 * @param limit magnitudes before asinh are held at it
 */
export function robustValues(values: Float32Array, weights: ArrayLike<number>, limit = noLimit): Float32Array {
  const [lowest, low, median, high, highest] = weightedQuantiles(values, weights, [0.05, 0.25, 0.5, 0.75, 0.95]);
  return scaled(values, median, high - low || highest - lowest, limit);
}

/**
 * The same around the middle of the shortest interval that holds 40 % of the weight, by its length: where a KPI mostly
 * rests, whatever the share of disturbed rows (the shorth; P. Rousseeuw, A. Leroy, 1988).
 */
export function restValues(values: Float32Array, order: Int32Array, weights: ArrayLike<number>): Float32Array {
  let total = 0;
  for (const row of order) total += weights[row];
  let middle = 0;
  let length = Number.POSITIVE_INFINITY;
  let held = 0;
  for (let first = 0, end = 0; first < order.length; first++) {
    while (end < order.length && held < restShare * total) held += weights[order[end++]];
    if (held < restShare * total) break;
    const least = values[order[first]];
    const most = values[order[end - 1]];
    if (most - least < length) {
      length = most - least;
      middle = least / 2 + most / 2;
    }
    held -= weights[order[first]];
  }
  if (!(length > 0 && length < Number.POSITIVE_INFINITY)) {
    const [lowest, highest] = weightedQuantiles(values, weights, [0.05, 0.95]);
    length = highest - lowest;
  }
  return scaled(values, middle, length, noLimit);
}

const restShare = 0.4;

function scaled(values: Float32Array, centre: number, spread: number, limit: number): Float32Array {
  const scale = spread || standardDeviation(values) || 1;
  return values.map((value) => Math.asinh(Math.max(-limit, Math.min(limit, (value - centre) / scale))));
}

function standardDeviation(values: Float32Array): number {
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    count++;
    const difference = value - mean;
    mean += difference / count;
    squares += difference * (value - mean);
  }
  return count === 0 ? 0 : Math.sqrt(squares / count);
}
