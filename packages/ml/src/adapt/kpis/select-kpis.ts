/** The KPIs to look at. */
export interface KpiCut {
  /** Default 2.5, which chance hardly reaches. */
  readonly leastRelevance?: number;
  /** Default 60. */
  readonly mostKpis?: number;
}

const leastKpis = 5;

/**
 * The KPIs that carry signal: those above a relevance, at most so many, the best of them; the five best where hardly any is.
 * @param relevances one per KPI
 * @returns indexes, rising
 */
export function selectKpis(
  relevances: ArrayLike<number>,
  { leastRelevance = 2.5, mostKpis = 60 }: KpiCut = {},
): number[] {
  const order = Array.from({ length: relevances.length }, (_, kpi) => kpi).sort(
    (a, b) => relevances[b] - relevances[a] || a - b,
  );
  const above = order.slice(0, mostKpis).filter((kpi) => relevances[kpi] > leastRelevance);
  return (above.length < leastKpis ? order.slice(0, leastKpis) : above).sort((a, b) => a - b);
}
