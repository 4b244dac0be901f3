import { z } from "zod";
import { KpiGroups, NodeGroups } from "./groups.ts";

/** `k-means`: centres; `gaussian-mixture`: normal distributions; `hdbscan`: dense groups, the rest in none. */
export const clusterMethods = ["gaussian-mixture", "k-means", "hdbscan"] as const;
export const ClusterMethod = z.enum(clusterMethods);
export type ClusterMethod = z.infer<typeof ClusterMethod>;

/** How many clusters may be asked for. */
export const mostClusters = 100;

const Share = z.number().min(0).max(1);

/** How a KPI of a cluster differs from that of all other rows. */
export const ClusterKpi = z.object({
  name: z.string(),
  direction: z.enum(["above", "below"]),
  /** How surely a row of the cluster is further that way than another row: 2 × probability − 1. */
  strength: Share,
  median: z.number(),
  /** The middle 90 % of the cluster. */
  low: z.number(),
  high: z.number(),
  /** Median of all other rows. */
  restMedian: z.number(),
});
export type ClusterKpi = z.infer<typeof ClusterKpi>;

export const Cluster = z.object({
  rows: z.int().positive(),
  share: Share,
  /** Those that tell it from the others, the strongest first. */
  kpis: z.array(ClusterKpi).max(20),
  /** Numbers of typical rows, from 1. */
  exemplars: z.array(z.int().positive()).max(20),
  /** The same rows with their values of `kpis`, in that order; null where there is none. Older results have none. */
  typicalRows: z
    .array(z.object({ row: z.int().positive(), values: z.array(z.number().nullable()).max(20) }))
    .max(20)
    .optional(),
});
export type Cluster = z.infer<typeof Cluster>;

/** What the clusters of a data set's rows are; which row is in which is in `clusters.csv`. */
export const Clusters = z
  .object({
    schema: z.literal("clusters.v1"),
    rows: z.int().positive(),
    method: ClusterMethod,
    /** What told the number of clusters. */
    chosenBy: z.enum(["given", "silhouette", "bic", "stability"]),
    candidates: z.array(
      z.object({
        clusters: z.int().positive(),
        /** Mean silhouette (higher is better) or Bayesian information criterion (lower is better). */
        score: z.number(),
        covariance: z.enum(["diagonal", "tied"]).optional(),
      }),
    ),
    /** The greatest first. */
    clusters: z.array(Cluster).max(1_000),
    /** Rows in no cluster. */
    noiseRows: z.int().nonnegative(),
    /** Rows that the clusters were found in; all others were assigned. */
    sampledRows: z.int().positive(),
    /** KPIs that distances were taken of. */
    kpis: z.array(z.string()),
    /** A sample of the rows; −1 for rows in no cluster. */
    map: z.object({
      method: z.enum(["pca", "umap", "tsne"]),
      points: z
        .array(z.object({ row: z.int().positive(), x: z.number(), y: z.number(), cluster: z.int().min(-1) }))
        .max(2_000),
    }),
    /** KPIs that move together; older results have none. */
    kpiGroups: KpiGroups.optional(),
    /** Nodes that behave alike; only where the file names two or more. */
    nodeGroups: NodeGroups.optional(),
  })
  .meta({ id: "Clusters" });
export type Clusters = z.infer<typeof Clusters>;
