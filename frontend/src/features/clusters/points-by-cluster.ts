import type { Clusters } from "@systemhealer/contract/clusters";
import type { ScatterPoint } from "../../charts/ScatterChart.tsx";

export interface ClusterPoints {
  readonly cluster: number;
  /** `key` is the number of the row. */
  readonly points: readonly ScatterPoint[];
}

/** The points of a map, cluster by cluster; rows in none come first, so that they are drawn beneath the others. */
export function pointsByCluster({ points }: Clusters["map"]): ClusterPoints[] {
  const byCluster = new Map<number, ScatterPoint[]>();
  for (const { row, x, y, cluster } of points) {
    const own = byCluster.get(cluster) ?? [];
    byCluster.set(cluster, own);
    own.push({ key: row, x, y });
  }
  return [...byCluster].sort(([one], [other]) => one - other).map(([cluster, own]) => ({ cluster, points: own }));
}
