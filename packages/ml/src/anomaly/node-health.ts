import { chanceShare } from "./baseline.ts";
import { isMoreThanChance } from "./chance.ts";

/** A KPI that is outside its normal range more often than chance explains. */
export interface StrayKpi {
  readonly name: string;
  readonly direction: "above" | "below";
  /** Of the rows. */
  readonly share: number;
}

export interface NodeHealth {
  /** null for all rows of a file that names no nodes. */
  readonly node: string | null;
  readonly rows: number;
  readonly anomalousRows: number;
  /** Share of the numbers that lie inside their KPI's normal range. */
  readonly insideShare: number;
  /** Whether every KPI is inside its normal range, and no more rows are anomalous than chance explains. */
  readonly healthy: boolean;
  /** KPIs that are not, the most frequent first; at most 8. */
  readonly outside: readonly StrayKpi[];
  readonly outsideKpis: number;
}

/** Whether the KPIs of each node are within their normal ranges. */
export interface HealthSummary {
  /** Share of a normal row's numbers that is expected inside. */
  readonly expectedShare: number;
  readonly insideShare: number;
  readonly kpis: number;
  readonly healthyNodes: number;
  /** In the order of the file; nodes beyond 1,000 count as one without a name. */
  readonly nodes: readonly NodeHealth[];
}

/** What the rows of a node add up to. */
export interface NodeCounts {
  readonly name: string | null;
  rows: number;
  anomalous: number;
  /** Per column: gaps, numbers above the normal range, those below. */
  readonly gaps: Int32Array;
  readonly above: Int32Array;
  readonly below: Int32Array;
}

/** Share of normal rows inside a normal range. */
const insideShare = 0.99;
const mostStrayKpis = 8;

/**
 * @param kpis names of the columns that the counts are of
 * @param counts of each node
 */
export function healthOf(kpis: readonly string[], counts: readonly NodeCounts[]): HealthSummary {
  const comparisons = kpis.length * counts.length;
  const nodes = counts.map((own) => nodeHealthOf(kpis, own, comparisons));
  const numbers = counts.reduce((sum, { rows, gaps }) => sum + rows * gaps.length - sumOf(gaps), 0);
  const outside = counts.reduce((sum, { above, below }) => sum + sumOf(above) + sumOf(below), 0);
  return {
    expectedShare: insideShare,
    insideShare: numbers === 0 ? 1 : 1 - outside / numbers,
    kpis: kpis.length,
    healthyNodes: nodes.filter(({ healthy }) => healthy).length,
    nodes,
  };
}

function nodeHealthOf(
  kpis: readonly string[],
  { name, rows, anomalous, gaps, above, below }: NodeCounts,
  comparisons: number,
): NodeHealth {
  const stray: StrayKpi[] = [];
  const numbers = rows * gaps.length - sumOf(gaps);
  const outside = sumOf(above) + sumOf(below);
  for (const [column, kpi] of kpis.entries()) {
    const count = above[column] + below[column];
    const present = rows - gaps[column];
    if (!isMoreThanChance(count, present, 1 - insideShare, comparisons)) continue;
    const direction = above[column] >= below[column] ? "above" : "below";
    stray.push({ name: kpi, direction, share: count / present });
  }
  const manyAnomalous = isMoreThanChance(anomalous, rows, chanceShare, 1);
  return {
    node: name,
    rows,
    anomalousRows: anomalous,
    insideShare: numbers === 0 ? 1 : 1 - outside / numbers,
    healthy: stray.length === 0 && !manyAnomalous,
    outside: stray.sort((one, other) => other.share - one.share).slice(0, mostStrayKpis),
    outsideKpis: stray.length,
  };
}

function sumOf(counts: Int32Array): number {
  let sum = 0;
  for (const count of counts) sum += count;
  return sum;
}
