import { z } from "zod";

const count = z.int().nonnegative();
const Share = z.number().min(0).max(1);
const Correlation = z.number().min(-1).max(1);

/** KPIs that move together, by the magnitude of their rank correlations. */
export const KpiGroups = z
  .object({
    /** Two KPIs of a group correlate by this much on average, or more. */
    leastCorrelation: Share,
    chosenBy: z.enum(["given", "silhouette"]),
    sampledRows: count,
    /** Of two KPIs or more; the greatest first. */
    groups: z
      .array(
        z.object({
          /** Words that the names of all its KPIs share, else the KPI that stands for it. */
          name: z.string(),
          /** The one that stands for the group comes first, with the rank correlation of each with it. */
          kpis: z.array(z.object({ name: z.string(), correlation: Correlation })).max(200),
          /** Mean magnitude of the rank correlation within the group. */
          strength: Share,
          /**
           * Clusters of rows in which the group moves, the most first: how surely its first KPI lies above (positive)
           * or below that of all other rows, those that go with it likewise.
           */
          moves: z.array(z.object({ cluster: count, shift: Correlation })).max(20),
        }),
      )
      .max(100),
    /** KPIs that move with no other. */
    alone: z.array(z.string()).max(200),
    /** KPIs that hardly vary or are mostly gaps. */
    leftOut: count,
    /** Rank correlations of some KPIs, group by group; `groups` are indexes, −1 for KPIs that are alone. */
    heatMap: z.object({
      kpis: z.array(z.string()).max(60),
      groups: z.array(z.int().min(-1)).max(60),
      correlations: z.array(z.array(Correlation).max(60)).max(60),
    }),
  })
  .meta({ id: "KpiGroups" });
export type KpiGroups = z.infer<typeof KpiGroups>;

/** Nodes whose KPIs lie alike and whose rows fall into the same clusters. */
export const NodeGroups = z
  .object({
    groups: z.int().positive(),
    /** How clearly the groups stand apart; 0 where all nodes are one. */
    silhouette: z.number().min(-1).max(1),
    nodes: z
      .array(
        z.object({
          name: z.string(),
          rows: count,
          /** Nodes of one number behave alike; from 0, the greatest group first. */
          group: count,
          /** The clusters that most of its rows are in; −1 for none. */
          clusters: z.array(z.object({ cluster: z.int().min(-1), share: Share })).max(5),
        }),
      )
      .max(1_000),
    /** Nodes that were not looked at. */
    omitted: count,
  })
  .meta({ id: "NodeGroups" });
export type NodeGroups = z.infer<typeof NodeGroups>;
