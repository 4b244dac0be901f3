import { createPacer } from "../pacer.ts";
import type { RawRows } from "../preprocess/preparation.ts";
import { quantile } from "../preprocess/quantile.ts";

/** How a KPI of a cluster differs from that of all other rows. */
export interface ClusterKpi {
  readonly name: string;
  readonly direction: "above" | "below";
  /**
   * 0 to 1: how surely a row of the cluster is further that way than one of the others, as 2 × probability − 1
   * (Cliff's delta).
   */
  readonly strength: number;
  readonly median: number;
  /** The middle 90 % of the cluster. */
  readonly low: number;
  readonly high: number;
  /** Median of all other rows. */
  readonly restMedian: number;
}

const mostKpis = 8;
const leastStrength = 0.3;
const leastRows = 3;

/**
 * The KPIs that tell each cluster from all other rows, the strongest first; at most eight, none that hardly differs.
 * @param rows which rows are looked at
 * @param assignments cluster per row of the whole table, −1 for none
 */
export async function describeClusters(
  raw: RawRows,
  names: readonly string[],
  rows: Int32Array,
  assignments: Int32Array,
  clusterCount: number,
  signal?: AbortSignal,
): Promise<ClusterKpi[][]> {
  const pacer = createPacer(signal);
  const found: ClusterKpi[][] = Array.from({ length: clusterCount }, () => []);
  for (const [column, name] of names.entries()) {
    await pacer.giveWay();
    const present = rows.filter((row) => !Number.isNaN(raw.values[row * raw.columnCount + column]));
    const numberOf = (row: number) => raw.values[row * raw.columnCount + column];
    present.sort((one, other) => numberOf(one) - numberOf(other));
    const sorted = Float64Array.from(present, numberOf);
    if (sorted.length === 0 || sorted[0] === sorted[sorted.length - 1]) continue;
    const { sums, counts } = rankSums(sorted, present, assignments, clusterCount);
    for (let cluster = 0; cluster < clusterCount; cluster++) {
      const inside = counts[cluster];
      const outside = sorted.length - inside;
      if (inside < leastRows || outside < leastRows) continue;
      const above = (sums[cluster] - (inside * (inside + 1)) / 2) / (inside * outside);
      const strength = Math.abs(2 * above - 1);
      if (strength < leastStrength) continue;
      const own = sorted.filter((_, place) => assignments[present[place]] === cluster);
      const rest = sorted.filter((_, place) => assignments[present[place]] !== cluster);
      found[cluster].push({
        name,
        direction: above > 0.5 ? "above" : "below",
        strength,
        median: Math.fround(quantile(own, 0.5)),
        low: Math.fround(quantile(own, 0.05)),
        high: Math.fround(quantile(own, 0.95)),
        restMedian: Math.fround(quantile(rest, 0.5)),
      });
    }
  }
  return found.map((kpis) => kpis.sort((one, other) => other.strength - one.strength).slice(0, mostKpis));
}

/**
 * How surely a row of each cluster lies above one of the others, −1 to 1 (Cliff's delta), column by column; NaN where
 * there are too few rows to tell.
 * @returns `raw.columnCount × clusterCount`
 */
export async function clusterShifts(
  raw: RawRows,
  rows: Int32Array,
  assignments: Int32Array,
  clusterCount: number,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const pacer = createPacer(signal);
  const shifts = new Float64Array(raw.columnCount * clusterCount).fill(Number.NaN);
  for (let column = 0; column < raw.columnCount; column++) {
    await pacer.giveWay();
    const numberOf = (row: number) => raw.values[row * raw.columnCount + column];
    const present = rows.filter((row) => !Number.isNaN(numberOf(row)));
    present.sort((one, other) => numberOf(one) - numberOf(other));
    const { sums, counts } = rankSums(Float64Array.from(present, numberOf), present, assignments, clusterCount);
    for (let cluster = 0; cluster < clusterCount; cluster++) {
      const inside = counts[cluster];
      const outside = present.length - inside;
      if (inside < leastRows || outside < leastRows) continue;
      const above = (sums[cluster] - (inside * (inside + 1)) / 2) / (inside * outside);
      shifts[column * clusterCount + cluster] = 2 * above - 1;
    }
  }
  return shifts;
}

/** Ranks from 1, those of equal numbers their mean, summed up by cluster. */
function rankSums(sorted: Float64Array, rows: Int32Array, assignments: Int32Array, clusterCount: number) {
  const sums = new Float64Array(clusterCount);
  const counts = new Int32Array(clusterCount);
  for (let first = 0; first < sorted.length; ) {
    let end = first + 1;
    while (end < sorted.length && sorted[end] === sorted[first]) end++;
    for (let place = first; place < end; place++) {
      const cluster = assignments[rows[place]];
      if (cluster < 0) continue;
      sums[cluster] += (first + end + 1) / 2;
      counts[cluster]++;
    }
    first = end;
  }
  return { sums, counts };
}
