import { confusionMatrix } from "../../metrics/confusion-matrix.ts";
import { macroF1 } from "../../metrics/macro-f1.ts";
import { answerSourceOutOfFold } from "../fit/source-out-of-fold.ts";
import type { InferenceOptions, SourceRows } from "../task.ts";
import { selectKpis } from "./select-kpis.ts";

/**
 * Relevances that chance exceeds about once in 100,000, 3,000 and 100 times per class, and any at all; what many rows
 * make sure, few rows leave in doubt.
 */
const cuts = [
  { leastRelevance: 2.5, mostKpis: 60 },
  { leastRelevance: 2.1, mostKpis: 60 },
  { leastRelevance: 1.63, mostKpis: 60 },
  { leastRelevance: 0, mostKpis: 120 },
];

/**
 * The fewest KPIs with which trees tell the source's classes apart, on rows that they did not see, as well as with more
 * of them: within one standard error of the best (L. Breiman et al., 1984).
 * @param relevances one per KPI; one of 0 is never chosen
 * @returns indexes, rising
 */
export async function chooseKpis(
  source: SourceRows,
  relevances: Float64Array,
  options: InferenceOptions,
): Promise<number[]> {
  const tried: number[][] = [];
  for (const cut of cuts) {
    const kpis = selectKpis(relevances, cut).filter((kpi) => relevances[kpi] > 0);
    if (kpis.length > (tried.at(-1)?.length ?? 0)) tried.push(kpis);
  }
  if (tried.length < 2) return tried[0] ?? [];
  const scores = await Promise.all(
    tried.map(async (kpis) => {
      const columns = kpis.map((kpi) => source.columns[kpi]);
      const answers = await answerSourceOutOfFold(columns, source, options);
      return macroF1(confusionMatrix(source.labels, answers, source.classCount));
    }),
  );
  const best = Math.max(...scores);
  const error = Math.sqrt((best * (1 - best)) / source.rowCount);
  return tried[scores.findIndex((score) => score >= best - error)];
}
