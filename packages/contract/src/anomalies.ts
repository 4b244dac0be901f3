import { z } from "zod";
import { ClassCount } from "./profile.ts";

export const leastAnomalyThreshold = 1;
export const mostAnomalyThreshold = 10;
export const defaultAnomalyThreshold = 3;

/** Standard deviations from the mean beyond which a KPI strays. */
export const AnomalyThreshold = z.number().min(leastAnomalyThreshold).max(mostAnomalyThreshold);

const count = z.int().nonnegative();
const Share = z.number().min(0).max(1);

/** How a row stands to mean and standard deviation of each KPI in normal rows. */
export const RowAnomaly = z
  .object({
    /** Whether `excess` is above `limit`, as of 1 % of normal rows, or `lone`. */
    anomalous: z.boolean(),
    /** Whether a KPI alone is much further away than it was in any normal row. */
    lone: z.boolean(),
    threshold: AnomalyThreshold,
    /** KPIs beyond the threshold. */
    kpisBeyond: count,
    /** KPIs of a normal row beyond the threshold by chance, on average. */
    expectedKpis: z.number().nonnegative(),
    /** How far the KPIs lie beyond the threshold, summed up in standard deviations, 10 at most for one KPI. */
    excess: z.number().nonnegative(),
    /** What 99 % of normal rows stay within. */
    limit: z.number().nonnegative(),
    /** The class whose rows are taken for normal; null: all rows that the model was trained on. */
    source: z.string().nullable(),
    /** The KPIs beyond the threshold, the furthest first. */
    kpis: z
      .array(
        z.object({
          name: z.string(),
          value: z.number(),
          mean: z.number(),
          standardDeviation: z.number().nonnegative(),
          /** Standard deviations above (positive) or below (negative) the mean, within ± 1,000. */
          z: z.number(),
        }),
      )
      .max(20),
  })
  .meta({ id: "RowAnomaly" });
export type RowAnomaly = z.infer<typeof RowAnomaly>;

/** KPIs of a row that are told. */
export const maxDeviations = 20;

/** How many rows of a file are anomalous, and which KPIs stray. */
export const AnomalySummary = z
  .object({
    threshold: AnomalyThreshold,
    /** The class whose rows are taken for normal; null: all rows that the model was trained on. */
    source: z.string().nullable(),
    /** Anomalous rows. */
    rows: count,
    /** The same by diagnosed class. */
    byClass: z.array(ClassCount),
    /** Share of normal rows that are called anomalous by chance. */
    chanceShare: Share,
    /** KPIs of a normal row beyond the threshold by chance, on average. */
    expectedKpis: z.number().nonnegative(),
    /** KPIs by rows in which they are beyond the threshold, the most first. */
    kpis: z.array(z.object({ name: z.string(), rows: count })).max(20),
  })
  .meta({ id: "AnomalySummary" });
export type AnomalySummary = z.infer<typeof AnomalySummary>;

export const NodeHealth = z
  .object({
    /** null: all rows of a file that names no nodes, and those of nodes beyond 1,000. */
    node: z.string().nullable(),
    rows: count,
    anomalousRows: count,
    /** Share of the numbers that lie inside their KPI's normal range. */
    insideShare: Share,
    /** Whether no KPI is outside its normal range, and no more rows are anomalous, than chance explains. */
    healthy: z.boolean(),
    /** KPIs that are outside in more rows than chance explains, the most first. */
    outside: z.array(z.object({ name: z.string(), direction: z.enum(["above", "below"]), share: Share })).max(8),
    outsideKpis: count,
  })
  .meta({ id: "NodeHealth" });
export type NodeHealth = z.infer<typeof NodeHealth>;

/** Whether the KPIs of each node are within their normal ranges. */
export const HealthSummary = z
  .object({
    /** Share of a normal row's numbers that is expected inside. */
    expectedShare: Share,
    insideShare: Share,
    kpis: count,
    healthyNodes: count,
    /** In the order of the file. */
    nodes: z.array(NodeHealth).max(1_001),
  })
  .meta({ id: "HealthSummary" });
export type HealthSummary = z.infer<typeof HealthSummary>;
