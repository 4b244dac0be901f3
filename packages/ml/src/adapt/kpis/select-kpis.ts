const leastRelevance = 2.5;
const mostKpis = 60;
const leastKpis = 5;

/**
 * The KPIs that carry signal: those above the relevance that chance reaches, the 60 best of them at most; the five best
 * where hardly any is.
 * @param relevances one per KPI
 * @returns indexes, rising
 */
export function selectKpis(relevances: ArrayLike<number>): number[] {
  const order = Array.from({ length: relevances.length }, (_, kpi) => kpi).sort(
    (a, b) => relevances[b] - relevances[a] || a - b,
  );
  const above = order.slice(0, mostKpis).filter((kpi) => relevances[kpi] > leastRelevance);
  return (above.length < leastKpis ? order.slice(0, leastKpis) : above).sort((a, b) => a - b);
}
