import { createPacer } from "../pacer.ts";
import type { RawRows } from "../preprocess/preparation.ts";
import { averageLinkage, cutAt, leafOrder, meanSilhouette } from "./average-linkage.ts";
import { rankColumns, rankCorrelations } from "./rank-columns.ts";

/** KPIs that move together. */
export interface KpiGroup {
  /** Words that the names of all its KPIs share, else the KPI that stands for it. */
  readonly name: string;
  /** The one that correlates most with the others comes first. */
  readonly kpis: readonly {
    readonly name: string;
    /** Rank correlation with the first one. */
    readonly correlation: number;
  }[];
  /** Mean magnitude of the rank correlation within the group. */
  readonly strength: number;
}

export interface KpiGroups {
  /** Two KPIs of a group correlate by this much on average, or more. */
  readonly leastCorrelation: number;
  readonly chosenBy: "given" | "silhouette";
  readonly sampledRows: number;
  /** Of two KPIs or more; the greatest first. */
  readonly groups: readonly KpiGroup[];
  /** KPIs that move with no other. */
  readonly alone: readonly string[];
  /** KPIs that hardly vary or are mostly gaps. */
  readonly leftOut: number;
  /** Rank correlations of some KPIs, group by group, for a heat map. */
  readonly heatMap: {
    readonly kpis: readonly string[];
    /** Index into `groups` per KPI, −1 for those alone. */
    readonly groups: readonly number[];
    /** Row by row, two decimals. */
    readonly correlations: readonly (readonly number[])[];
  };
}

const mostRows = 2_000;
const leastRows = 300;
const mostCells = 2 ** 20;
const cuts: readonly number[] = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4];
const mostHeatMapKpis = 60;
const mostGroups = 100;
const mostNames = 200;

/**
 * Groups KPIs by the magnitude of their rank correlations: average linkage, cut where the silhouette is greatest, or
 * where it is told to be.
 * @param rows which rows, in random order or spread evenly
 * @param leastCorrelation 0 to 1; default by the silhouette of cuts from 0.9 to 0.4
 */
export async function groupKpis(
  raw: RawRows,
  names: readonly string[],
  rows: Int32Array,
  options: { readonly leastCorrelation?: number | undefined; readonly signal?: AbortSignal | undefined } = {},
): Promise<KpiGroups> {
  const { signal } = options;
  const bound = Math.max(leastRows, Math.min(mostRows, Math.floor(mostCells / raw.columnCount)));
  const step = Math.ceil(rows.length / bound);
  const sample = rows.filter((_, place) => place % step === 0);
  const ranked = await rankColumns(raw, sample, signal);
  const { columns } = ranked;
  const count = columns.length;
  const correlations = await rankCorrelations(ranked, signal);
  const distances = correlations.map((correlation) => 1 - Math.abs(correlation));
  const merges = await averageLinkage(distances.slice(), count, signal);
  const pacer = createPacer(signal);
  let chosen = options.leastCorrelation;
  if (chosen === undefined) {
    let best = 0;
    for (const cut of cuts) {
      await pacer.giveWay();
      const score = meanSilhouette(distances, count, cutAt(merges, count, 1 - cut));
      if (score <= best) continue;
      best = score;
      chosen = cut;
    }
  }
  const leastCorrelation = chosen ?? cuts[cuts.length - 1];
  const members = new Map<number, number[]>();
  for (const [leaf, group] of cutAt(merges, count, 1 - leastCorrelation).entries()) {
    const known = members.get(group);
    if (known) known.push(leaf);
    else members.set(group, [leaf]);
  }
  const nameOf = (leaf: number) => names[columns[leaf]];
  const found = [...members.values()]
    .filter((leaves) => leaves.length > 1)
    .sort((one, other) => other.length - one.length || one[0] - other[0])
    .slice(0, mostGroups);
  const groups = found.map((leaves) => describeGroup(leaves, correlations, count, nameOf));
  const alone = [...members.values()].filter((leaves) => leaves.length === 1).map(([leaf]) => nameOf(leaf));
  const shown = shownLeaves(leafOrder(merges, count), found);
  return {
    leastCorrelation,
    chosenBy: options.leastCorrelation === undefined ? "silhouette" : "given",
    sampledRows: sample.length,
    groups,
    alone: alone.slice(0, mostNames),
    leftOut: raw.columnCount - count,
    heatMap: {
      kpis: shown.map(({ leaf }) => nameOf(leaf)),
      groups: shown.map(({ group }) => group),
      correlations: shown.map(({ leaf: one }) =>
        shown.map(({ leaf: other }) => Math.round(100 * correlations[one * count + other]) / 100),
      ),
    },
  };
}

function describeGroup(
  leaves: readonly number[],
  correlations: Float32Array,
  count: number,
  nameOf: (leaf: number) => string,
): KpiGroup {
  const sums = leaves.map((one) =>
    leaves.reduce((sum, other) => sum + (one === other ? 0 : Math.abs(correlations[one * count + other])), 0),
  );
  const centre = leaves[sums.indexOf(Math.max(...sums))];
  const kpis = leaves
    .map((leaf) => ({ name: nameOf(leaf), correlation: Number(correlations[centre * count + leaf].toFixed(3)), leaf }))
    .sort(
      (one, other) =>
        Number(other.leaf === centre) - Number(one.leaf === centre) ||
        Math.abs(other.correlation) - Math.abs(one.correlation),
    )
    .map(({ name, correlation }) => ({ name, correlation }));
  const pairs = leaves.length * (leaves.length - 1);
  return {
    name: sharedWords(kpis.map(({ name }) => name)) || kpis[0].name,
    kpis: kpis.slice(0, mostNames),
    strength: sums.reduce((sum, own) => sum + own, 0) / pairs,
  };
}

/** Words that all names have, in the order of the first; digits at their ends count for none. */
export function sharedWords(names: readonly string[]): string {
  const wordsOf = (name: string) =>
    name.split(/[\s_.:/-]+/).filter((word) => /[\p{L}]/u.test(word) && !/\d$/.test(word));
  const others = names.slice(1).map((name) => new Set(wordsOf(name)));
  return wordsOf(names[0])
    .filter((word) => others.every((words) => words.has(word)))
    .join(" ");
}

/** Of each group an equal share where not all fit; what is alone comes last. */
function shownLeaves(order: readonly number[], groups: readonly (readonly number[])[]) {
  const groupOf = new Map(groups.flatMap((leaves, group) => leaves.map((leaf) => [leaf, group] as const)));
  const perGroup = Math.max(2, Math.floor(mostHeatMapKpis / Math.max(1, groups.length)));
  const all = order.map((leaf) => ({ leaf, group: groupOf.get(leaf) ?? -1 }));
  const grouped = groups.flatMap((_, group) => {
    const own = all.filter((item) => item.group === group);
    return order.length <= mostHeatMapKpis ? own : own.slice(0, perGroup);
  });
  const alone = all.filter(({ group }) => group < 0);
  return [...grouped, ...alone].slice(0, mostHeatMapKpis);
}
