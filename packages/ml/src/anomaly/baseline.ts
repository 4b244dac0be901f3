import { createPacer } from "../pacer.ts";
import type { RawRows } from "../preprocess/preparation.ts";
import { excessOf, zScore } from "./z-score.ts";

/** What a row beyond a threshold is held against. */
export interface RowLimit {
  /** In standard deviations. */
  readonly threshold: number;
  /** A row whose KPIs lie further beyond the threshold than this, summed up, is anomalous. */
  readonly excess: number;
  /** KPIs of a normal row beyond the threshold by chance, on average. */
  readonly expectedKpis: number;
}

/** Mean and standard deviation of each KPI while nothing is wrong, and how far normal rows stray from them. */
export interface AnomalyBaseline {
  /** The class whose rows it comes from; null where it comes from all rows. */
  readonly source: string | null;
  readonly rows: number;
  /** Per column; NaN where there are fewer than three numbers. */
  readonly means: Float64Array;
  /** Per column (of the sample, n − 1), 0 where all numbers are one; NaN as above. */
  readonly deviations: Float64Array;
  /** By rising threshold. */
  readonly limits: readonly RowLimit[];
  /**
   * Per column: a KPI whose z-score is of a greater magnitude is an anomaly alone, as far as it was from any normal row;
   * Infinity where nothing is.
   */
  readonly alarms: Float64Array;
}

export const leastThreshold = 1;
export const mostThreshold = 10;
export const defaultThreshold = 3;
/** Share of normal rows that are called anomalous by chance. */
export const chanceShare = 0.01;

/** Between them a limit is interpolated. */
export const limitThresholds: readonly number[] = [1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 8, 10];
/** Fewer normal rows make no baseline. */
export const leastRows = 10;
/** A KPI with fewer numbers has no mean and deviation. */
export const leastNumbers = 3;
/** A KPI alone is an anomaly from so many times the greatest magnitude that it had in normal rows. */
const leastLead = 1.5;
/** Share of normal rows in which a KPI alone would be called so. */
const alarmShare = 0.005;
/** A lead over less than this is none. */
const leastPeak = 10;
/** Rows that limits are taken from. */
const mostLimitRows = 20_000;

/**
 * Mean and standard deviation of every KPI among normal rows. The limits are the excess that 99 % of these rows stay
 * within, where each is held against mean and deviation of the others: in place of a share of rows that is promised
 * for new ones, its own influence would make a row look more normal than it is.
 * @param rows those in which nothing is wrong, in any order
 * @returns undefined where there are fewer than 10
 */
export async function fitBaseline(
  raw: RawRows,
  rows: Int32Array,
  source: string | null,
  signal?: AbortSignal,
): Promise<AnomalyBaseline | undefined> {
  if (rows.length < leastRows) return undefined;
  const pacer = createPacer(signal);
  const { columnCount, values } = raw;
  const step = Math.ceil(rows.length / mostLimitRows);
  const judged = rows.filter((_, place) => place % step === 0);
  const means = new Float64Array(columnCount);
  const deviations = new Float64Array(columnCount);
  const excesses = limitThresholds.map(() => new Float64Array(judged.length));
  const beyond = new Float64Array(limitThresholds.length);
  const peaks = new Float64Array(columnCount).fill(Number.POSITIVE_INFINITY);
  const leads = new Map<number, number>();
  for (let column = 0; column < columnCount; column++) {
    await pacer.giveWay();
    const { count, mean, squares } = momentsOf(raw, rows, column);
    means[column] = count < leastNumbers ? Number.NaN : mean;
    deviations[column] = count < leastNumbers ? Number.NaN : Math.sqrt(squares / (count - 1));
    if (count < leastNumbers) continue;
    if (deviations[column] > 0) peaks[column] = notePeak(raw, rows, column, mean, deviations[column], leads);
    for (let place = 0; place < judged.length; place++) {
      const value = values[judged[place] * columnCount + column];
      if (Number.isNaN(value)) continue;
      const z = zAmongOthers(value, count, mean, squares);
      for (let index = 0; index < limitThresholds.length && Math.abs(z) > limitThresholds[index]; index++) {
        beyond[index]++;
        excesses[index][place] += excessOf(z, limitThresholds[index]);
      }
    }
  }
  const limits = limitThresholds.map((threshold, index) => ({
    threshold,
    excess: boundOf(excesses[index].sort()),
    expectedKpis: beyond[index] / judged.length,
  }));
  const lead = leadOf(leads, rows.length);
  return { source, rows: rows.length, means, deviations, limits, alarms: peaks.map((peak) => lead * peak) };
}

/**
 * @param leads takes, per row, by how much it leads all others in some KPI
 * @returns the greatest magnitude of a z-score of the column
 */
function notePeak(
  { values, columnCount }: RawRows,
  rows: Int32Array,
  column: number,
  mean: number,
  deviation: number,
  leads: Map<number, number>,
): number {
  let [first, second, leader] = [0, 0, -1];
  for (const row of rows) {
    const magnitude = Math.abs(zScore(values[row * columnCount + column], mean, deviation));
    if (magnitude > first) [first, second, leader] = [magnitude, first, row];
    else if (magnitude > second) second = magnitude;
  }
  if (first > leastPeak) leads.set(leader, Math.max(leads.get(leader) ?? 0, first / Math.max(second, leastPeak)));
  return first;
}

/** The lead over all other rows that hardly a normal row has. */
function leadOf(leads: ReadonlyMap<number, number>, rowCount: number): number {
  const sorted = Float64Array.from(leads.values()).sort();
  const above = Math.max(0, Math.floor(alarmShare * (rowCount + 1)) - 1);
  return Math.max(leastLead, sorted.at(-1 - above) ?? 0);
}

/** The limit at any threshold from 1 to 10. */
export function limitAt({ limits }: Pick<AnomalyBaseline, "limits">, threshold: number): RowLimit {
  const next = limits.findIndex((limit) => limit.threshold >= threshold);
  if (next < 0) throw new RangeError(`no limit for a threshold of ${threshold}`);
  const above = limits[next];
  const below = limits[Math.max(0, next - 1)];
  if (above.threshold === threshold || above === below) return { ...above, threshold };
  const share = (threshold - below.threshold) / (above.threshold - below.threshold);
  const between = (from: number, to: number) => from + share * (to - from);
  return {
    threshold,
    excess: between(below.excess, above.excess),
    expectedKpis: between(below.expectedKpis, above.expectedKpis),
  };
}

/** The least number that a new one like these exceeds in 1 of 100 cases at most; of fewer than 99, the greatest. */
export function boundOf(sorted: Float64Array): number {
  const place = Math.ceil((1 - chanceShare) * (sorted.length + 1)) - 1;
  return sorted[Math.min(place, sorted.length - 1)];
}

/** One pass (B. P. Welford, 1962). */
function momentsOf({ values, columnCount }: RawRows, rows: Int32Array, column: number) {
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (const row of rows) {
    const value = values[row * columnCount + column];
    if (Number.isNaN(value)) continue;
    const distance = value - mean;
    mean += distance / ++count;
    squares += distance * (value - mean);
  }
  return { count, mean, squares };
}

/** z-score of one of the values by mean and deviation of all others. */
function zAmongOthers(value: number, count: number, mean: number, squares: number): number {
  const own = ((value - mean) ** 2 * count) / (count - 1);
  const others = mean - (value - mean) / (count - 1);
  // What rounding leaves of a sum of squares whose one part has been taken away is no spread.
  const rest = squares - own > 1e-12 * squares ? squares - own : 0;
  return rest > 0 ? zScore(value, others, Math.sqrt(rest / (count - 2))) : zScore(value, mean, squares > 0 ? 0 : 1);
}
