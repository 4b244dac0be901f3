import { createPacer } from "../../pacer.ts";
import { relevance } from "../kpis/relevance.ts";
import { selectKpis } from "../kpis/select-kpis.ts";
import { rankCorrelations } from "../statistics/rank-correlations.ts";
import { varies } from "../statistics/varies.ts";
import { weightedRanks } from "../statistics/weighted-ranks.ts";
import type { SourceRows, TargetRows } from "../task.ts";
import { structureLikeness } from "./structure-likeness.ts";

const cut = { leastRelevance: 2.1, mostKpis: 60 };
/** Fewer tell nothing of how KPIs go together. */
const leastKpis = 8;
/** Rows of the target that are looked at, evenly spread. */
const mostRows = 2_000;
const leastDifference = 1e-4;

/** How well a mix of the source's classes explains how the KPIs of the target go together. */
export interface MixFit {
  /** Cosine of the rank correlations of both, −1 to 1. */
  readonly likeness: number;
  /** Mean squared difference of the rank correlations, less what so few rows of the source leave to chance. */
  readonly difference: number;
}

/** @param shares one per class, of any sum above 0 */
export type FitOfMix = (shares: ArrayLike<number>) => Promise<MixFit>;

/**
 * Looks at how the KPIs of a target go together: states move KPIs together that within each of them are apart, so the
 * classes that are there, and how many of each, leave their mark. Ranks are compared, so it holds in any unit.
 * @returns undefined where too few KPIs tell the classes of the source apart
 */
export async function targetStructure(
  source: SourceRows,
  target: TargetRows,
  signal?: AbortSignal,
): Promise<FitOfMix | undefined> {
  const pacer = createPacer(signal);
  const { labels, classCount } = source;
  const relevances = new Float64Array(source.columns.length);
  for (const [kpi, column] of source.columns.entries()) {
    await pacer.giveWay();
    if (varies(target.columns[kpi])) relevances[kpi] = relevance(column, labels, classCount);
  }
  const kpis = selectKpis(relevances, cut).filter((kpi) => relevances[kpi] > cut.leastRelevance);
  if (kpis.length < leastKpis) return undefined;
  const correlationsOf = async (columns: readonly Float32Array[], rows: Int32Array, weights: Float64Array) => {
    const ranks: Float32Array[] = [];
    for (const kpi of kpis) {
      await pacer.giveWay();
      const values = Float32Array.from(rows, (row) => columns[kpi][row]);
      ranks.push(weightedRanks(values, weights));
    }
    return rankCorrelations(ranks, weights);
  };
  const step = Math.max(1, target.rowCount / mostRows);
  const looked = Int32Array.from({ length: Math.min(mostRows, target.rowCount) }, (_, row) => Math.floor(row * step));
  const found = await correlationsOf(target.columns, looked, new Float64Array(looked.length).fill(1));
  const classRows = new Int32Array(classCount);
  for (const label of labels) classRows[label]++;
  return async (shares) => {
    const rows = Int32Array.from(labels, (_, row) => row).filter((row) => shares[labels[row]] > 0);
    const weights = Float64Array.from(rows, (row) => shares[labels[row]] / classRows[labels[row]]);
    const mix = await correlationsOf(source.columns, rows, weights);
    return {
      likeness: structureLikeness(mix, found, kpis.length),
      difference: Math.max(leastDifference, difference(mix, found, kpis.length, effectiveRows(weights))),
    };
  };
}

/** Rows of one weight that tell as much (L. Kish, 1965). */
function effectiveRows(weights: Float64Array): number {
  let sum = 0;
  let squares = 0;
  for (const weight of weights) {
    sum += weight;
    squares += weight * weight;
  }
  return (sum * sum) / squares;
}

function difference(mix: Float64Array, found: Float64Array, size: number, rows: number): number {
  let sum = 0;
  for (let one = 0; one < size; one++) {
    for (let other = 0; other < one; other++) {
      const own = mix[one * size + other];
      sum += (own - found[one * size + other]) ** 2 - (1 - own * own) ** 2 / rows;
    }
  }
  return (2 * sum) / (size * (size - 1));
}
