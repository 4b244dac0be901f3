import type { Clusters } from "@systemhealer/contract/clusters";

/** The number that stands for rows in no cluster. */
export const noCluster = -1;

/** Fault class by number of the cluster, as typed. */
export type ClusterNames = Readonly<Record<string, string>>;

export interface NamedRows {
  /** What the API is told: trimmed, without empty ones and without numbers that the run has not. */
  readonly names: Readonly<Record<string, string>>;
  readonly classes: readonly string[];
  readonly rows: number;
}

/** What a labelled data set would hold with these names. */
export function namedRows({ clusters, noiseRows }: Clusters, typed: ClusterNames): NamedRows {
  const sizes = new Map<number, number>(clusters.map(({ rows }, cluster) => [cluster, rows]));
  if (noiseRows > 0) sizes.set(noCluster, noiseRows);
  const names: Record<string, string> = {};
  let rows = 0;
  for (const [cluster, size] of sizes) {
    const name = (typed[String(cluster)] ?? "").trim();
    if (name === "") continue;
    names[String(cluster)] = name;
    rows += size;
  }
  return { names, classes: [...new Set(Object.values(names))].sort(), rows };
}
