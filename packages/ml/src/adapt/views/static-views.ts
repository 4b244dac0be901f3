import type { SourceRows, TargetRows, View } from "../task.ts";
import { joinPairs, type Pair, type PreparedViews } from "./prepare-views.ts";

/** A KPI whose distributions are further apart says little by its raw value. */
const mostRawDistance = 0.8;
const rawDistances = [0.15, 0.25, 0.4, 0.6];
const leastRawKpis = 5;
/** A source of fewer rows is taken to be whole: then KPIs without apparent signal are looked at as well. */
const largeSource = 3_000;

/** Several ways to see the two files as alike; which of them hold is found by reverse validation. */
export function staticViews(prepared: PreparedViews, source: SourceRows, target: TargetRows): View[] {
  const { kpis, distances, raw, ranks, robust, unheld, rest, groupValues, groupRanks, disturbed } = prepared;
  const near = pick(raw, (place) => distances[kpis[place]] < mostRawDistance);
  const views = [
    view("ranks", ranks, groupRanks, disturbed),
    view("robust", robust, groupValues, disturbed),
    view("unheld", unheld, groupValues, disturbed),
    view("rest", rest, groupValues, disturbed),
    view("raw and robust", near, robust, groupValues, disturbed),
    view("raw and ranks", near, ranks, groupValues, groupRanks, disturbed),
    view("scales and ranks", unheld, rest, ranks, groupValues, groupRanks, disturbed),
    view("raw", raw, disturbed),
  ];
  for (const limit of rawDistances) {
    const chosen = pick(raw, (place) => distances[kpis[place]] < limit);
    if (chosen.source.length >= leastRawKpis) views.push(view(`raw below ${limit}`, chosen));
    const all = pick(source, (kpi) => distances[kpi] < limit, target);
    if (all.source.length >= leastRawKpis && source.rowCount < largeSource) views.push(view(`all below ${limit}`, all));
  }
  return views;
}

export function view(name: string, ...pairs: readonly Pair[]): View {
  return { name, ...joinPairs(pairs) };
}

function pick(pair: Pair, wanted: (place: number) => boolean): Pair;
function pick(source: SourceRows, wanted: (place: number) => boolean, target: TargetRows): Pair;
function pick(from: Pair | SourceRows, wanted: (place: number) => boolean, target?: TargetRows): Pair {
  const pair: Pair = "source" in from ? from : { source: from.columns, target: target?.columns ?? [] };
  return {
    source: pair.source.filter((_, place) => wanted(place)),
    target: pair.target.filter((_, place) => wanted(place)),
  };
}
