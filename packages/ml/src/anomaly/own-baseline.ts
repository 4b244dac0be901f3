import { createPacer } from "../pacer.ts";
import type { RawRows } from "../preprocess/preparation.ts";
import { quantile } from "../preprocess/quantile.ts";
import { createRandom } from "../random/random.ts";
import { type AnomalyBaseline, boundOf, leastNumbers, leastRows, limitThresholds } from "./baseline.ts";
import { excessOf, zScore } from "./z-score.ts";

const clipping = 3;
/** Between the quartiles of a normal distribution, in standard deviations. */
const quartileDistance = 1.349;
const mostRounds = 20;
const drawnRows = 4_000;
/** Numbers of a KPI that mean and deviation are taken of. */
const mostRows = 20_000;
const seed = 0;

/**
 * A baseline of rows of which nobody says which are normal. Mean and standard deviation are those of what is left of a
 * KPI when values further than three deviations away are put aside, at first from the median by the interquartile range,
 * then again and again (sigma clipping), but never more than half. The limits are what 99 % of rows would stay within if
 * the KPIs strayed independently of each other, each as often as it does here: rows in which many stray at once stand
 * out, however many such rows there are.
 * @returns undefined where there are fewer than 10 rows
 */
export async function fitOwnBaseline(
  raw: RawRows,
  rows: Int32Array,
  signal?: AbortSignal,
): Promise<AnomalyBaseline | undefined> {
  if (rows.length < leastRows) return undefined;
  const pacer = createPacer(signal);
  const random = createRandom(seed);
  const { columnCount, values } = raw;
  const step = Math.ceil(rows.length / mostRows);
  const looked = rows.filter((_, place) => place % step === 0);
  const means = new Float64Array(columnCount).fill(Number.NaN);
  const deviations = new Float64Array(columnCount).fill(Number.NaN);
  const excesses = limitThresholds.map(() => new Float64Array(drawnRows));
  const beyond = new Float64Array(limitThresholds.length);
  for (let column = 0; column < columnCount; column++) {
    await pacer.giveWay();
    const present = looked.filter((row) => !Number.isNaN(values[row * columnCount + column]));
    if (present.length < leastNumbers) continue;
    const { mean, deviation } = clippedMoments(Float64Array.from(present, (row) => values[row * columnCount + column]));
    means[column] = mean;
    deviations[column] = deviation;
    for (let drawn = 0; drawn < drawnRows; drawn++) {
      const value = values[looked[random.below(looked.length)] * columnCount + column];
      const z = zScore(value, mean, deviation);
      for (let index = 0; index < limitThresholds.length && Math.abs(z) > limitThresholds[index]; index++) {
        beyond[index]++;
        excesses[index][drawn] += excessOf(z, limitThresholds[index]);
      }
    }
  }
  const limits = limitThresholds.map((threshold, index) => ({
    threshold,
    excess: boundOf(excesses[index].sort()),
    expectedKpis: beyond[index] / drawnRows,
  }));
  const alarms = new Float64Array(columnCount).fill(Number.POSITIVE_INFINITY);
  return { source: null, rows: looked.length, means, deviations, limits, alarms };
}

function clippedMoments(values: Float64Array): { readonly mean: number; readonly deviation: number } {
  const sorted = values.slice().sort();
  const spread = (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / quartileDistance;
  let [mean, deviation] = [quantile(sorted, 0.5), spread];
  let kept = values;
  for (let round = 0; round < mostRounds; round++) {
    const nearer = kept.filter((value) => Math.abs(value - mean) <= clipping * deviation);
    if ((round > 0 && nearer.length === kept.length) || 2 * nearer.length < values.length) break;
    kept = nearer;
    ({ mean, deviation } = momentsOf(kept));
  }
  return { mean, deviation };
}

function momentsOf(values: Float64Array): { readonly mean: number; readonly deviation: number } {
  let mean = 0;
  for (const value of values) mean += value / values.length;
  let squares = 0;
  let [least, greatest] = [values[0], values[0]];
  for (const value of values) {
    squares += (value - mean) ** 2;
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  if (least === greatest) return { mean: least, deviation: 0 };
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}
