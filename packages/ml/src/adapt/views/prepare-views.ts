import { createPacer } from "../../pacer.ts";
import { AdaptationError } from "../adaptation-error.ts";
import { structureLikeness } from "../certainty/structure-likeness.ts";
import { chooseKpis } from "../kpis/choose-kpis.ts";
import { disturbedShare } from "../kpis/disturbed-share.ts";
import { groupValues } from "../kpis/group-values.ts";
import { type KpiGroup, kpiGroups } from "../kpis/kpi-groups.ts";
import { relevance } from "../kpis/relevance.ts";
import { distributionDistance } from "../statistics/distribution-distance.ts";
import { rankCorrelations } from "../statistics/rank-correlations.ts";
import { restValues, robustValues } from "../statistics/robust-values.ts";
import { varies } from "../statistics/varies.ts";
import { presentInOrder } from "../statistics/weighted-quantiles.ts";
import { weightedRanks } from "../statistics/weighted-ranks.ts";
import type { InferenceOptions, SourceRows, TargetRows } from "../task.ts";

const outlierLimit = 20;

/** One thing computed of both files, each by its own rows alone. */
export interface Pair {
  readonly source: readonly Float32Array[];
  readonly target: readonly Float32Array[];
}

/** What the views are put together from. */
export interface PreparedViews {
  /** KPIs that carry signal, rising. */
  readonly kpis: readonly number[];
  readonly groups: readonly KpiGroup[];
  /** How alike the two files' KPIs go together, −1 to 1. */
  readonly likeness: number;
  /** Per KPI of the table: Kolmogorov–Smirnov distance of the two files, the source's classes weighing alike. */
  readonly distances: Float64Array;
  /** Of the KPIs that carry signal, in their order. */
  readonly raw: Pair;
  readonly ranks: Pair;
  readonly robust: Pair;
  /** The same without holding outliers. */
  readonly unheld: Pair;
  readonly rest: Pair;
  /** Means and medians of the KPI groups on the robust scale, and their ranks. */
  readonly groupValues: Pair;
  readonly groupRanks: Pair;
  /** Share of KPIs that are far from their median. */
  readonly disturbed: Pair;
}

/**
 * Scales and ranks both files by themselves, finds the KPIs that carry signal and their groups.
 * @throws AdaptationError where no KPI that tells the source's classes apart varies in the target
 */
export async function prepareViews(
  source: SourceRows,
  target: TargetRows,
  options: InferenceOptions,
): Promise<PreparedViews> {
  const pacer = createPacer(options.signal);
  const targetWeights = new Float32Array(target.rowCount).fill(1);
  const distances = new Float64Array(source.columns.length);
  const relevances = new Float64Array(source.columns.length);
  const robust: Pair[] = [];
  for (const [kpi, column] of source.columns.entries()) {
    await pacer.giveWay();
    if (varies(target.columns[kpi])) relevances[kpi] = relevance(column, source.labels, source.classCount);
    distances[kpi] = distributionDistance(
      { values: column, order: presentInOrder(column), weights: source.weights },
      { values: target.columns[kpi], order: presentInOrder(target.columns[kpi]), weights: targetWeights },
    );
    robust.push({
      source: [robustValues(column, source.weights, outlierLimit)],
      target: [robustValues(target.columns[kpi], targetWeights, outlierLimit)],
    });
  }
  const kpis = await chooseKpis(source, relevances, options);
  if (kpis.length === 0) throw new AdaptationError("no-usable-columns", { columns: source.columns.length });
  const ofKpis = async (compute: (values: Float32Array, weights: Float32Array) => Float32Array): Promise<Pair> => {
    const pair = { source: [] as Float32Array[], target: [] as Float32Array[] };
    for (const kpi of kpis) {
      await pacer.giveWay();
      pair.source.push(compute(source.columns[kpi], source.weights));
      pair.target.push(compute(target.columns[kpi], targetWeights));
    }
    return pair;
  };
  const ranks = await ofKpis(weightedRanks);
  const correlations = [rankCorrelations(ranks.source), rankCorrelations(ranks.target)] as const;
  const groups = kpiGroups(...correlations, kpis.length);
  const kept = joinPairs(kpis.map((kpi) => robust[kpi]));
  const all = joinPairs(robust);
  const grouped = { source: groupValues(kept.source, groups), target: groupValues(kept.target, groups) };
  return {
    kpis,
    groups,
    likeness: structureLikeness(...correlations, kpis.length),
    distances,
    raw: { source: kpis.map((kpi) => source.columns[kpi]), target: kpis.map((kpi) => target.columns[kpi]) },
    ranks,
    robust: kept,
    unheld: await ofKpis((values, weights) => robustValues(values, weights)),
    rest: await ofKpis((values, weights) => restValues(values, presentInOrder(values), weights)),
    groupValues: grouped,
    groupRanks: {
      source: grouped.source.map((values) => weightedRanks(values, source.weights)),
      target: grouped.target.map((values) => weightedRanks(values, targetWeights)),
    },
    disturbed: { source: [disturbedShare(all.source)], target: [disturbedShare(all.target)] },
  };
}

/** The columns of several pairs, one after the other. */
export function joinPairs(pairs: readonly Pair[]): Pair {
  return { source: pairs.flatMap(({ source }) => source), target: pairs.flatMap(({ target }) => target) };
}
