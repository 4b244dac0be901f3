import { relevance } from "../kpis/relevance.ts";
import { selectKpis } from "../kpis/select-kpis.ts";
import { mostProbableOf } from "../posterior/snap-prior.ts";
import type { TargetRows } from "../task.ts";

/**
 * The KPIs that the model of the new environment looks at: those that tell the source's classes apart, and those that
 * tell the diagnoses of the target apart.
 * @param ofSource rising
 * @returns rising
 */
export function studentColumns(
  target: TargetRows,
  posterior: Float64Array,
  classCount: number,
  ofSource: readonly number[],
): number[] {
  const diagnoses = mostProbableOf(posterior, classCount);
  const relevances = target.columns.map((column) => relevance(column, diagnoses, classCount));
  const ofTarget = selectKpis(relevances).filter((kpi) => relevances[kpi] > 0);
  return [...new Set([...ofSource, ...ofTarget])].sort((a, b) => a - b);
}
