import { z } from "zod";
import { AnomalySummary, HealthSummary, RowAnomaly } from "./anomalies.ts";
import { Explanation } from "./explanation.ts";
import { ModelId } from "./ids.ts";
import { ClassCount } from "./profile.ts";
import { Recovery } from "./recovery.ts";

/**
 * One row: KPI name to value; a gap is null, or the KPI is left out. A text may be sent for what says where and when a
 * row was, such as `node` and `time`: a model for windows takes the rows of a node, by time, as a series.
 */
export const SampleRow = z.record(z.string(), z.union([z.number(), z.string().max(200)]).nullable());
export type SampleRow = z.infer<typeof SampleRow>;

/** A KPI of a row that lies outside the middle 99 % of what the model saw of it. */
export const RangeViolation = z
  .object({
    name: z.string(),
    value: z.number(),
    low: z.number(),
    high: z.number(),
    direction: z.enum(["above", "below"]),
    /** How far outside, in half-widths of the range. */
    excess: z.number().nonnegative(),
    /** Standard deviations from the mean of normal rows; only where the model tells. */
    z: z.number().optional(),
  })
  .meta({ id: "RangeViolation" });
export type RangeViolation = z.infer<typeof RangeViolation>;

export const maxRangeViolations = 10;

export const RowDiagnosis = z.object({
  diagnosis: z.string(),
  /** Probability of the diagnosed class, 0 to 1. */
  confidence: z.number(),
  /** In the order of `classes`. */
  probabilities: z.array(z.number()),
  /**
   * Classes among which the actual one is at the model's coverage (a conformal prediction set, 90 %): one, where the
   * diagnosis can be relied on. Only where the model tells.
   */
  set: z.array(z.string()).optional(),
  /** The KPIs that lie furthest outside their normal range; only where the model tells. */
  outOfRange: z.array(RangeViolation).max(maxRangeViolations).optional(),
  /** How unlike anything learned the row is; only where the model tells. */
  novelty: z.number().optional(),
  /** Whether the novelty is above the model's limit: a fault that was never learned. */
  unknown: z.boolean().optional(),
  /** How far its KPIs stray from their means; only where the model tells. */
  anomaly: RowAnomaly.optional(),
  /** Only where it was asked for. */
  explanation: Explanation.optional(),
});
export type RowDiagnosis = z.infer<typeof RowDiagnosis>;

/** How the columns of what was sent fit those of the model. */
export const ColumnMatch = z
  .object({
    /** Columns of the model that were not sent: read as gaps. */
    missing: z.array(z.string()),
    /** Columns sent that the model does not know: not used. */
    unknown: z.array(z.string()),
  })
  .meta({ id: "ColumnMatch" });
export type ColumnMatch = z.infer<typeof ColumnMatch>;

export const RowsDiagnosis = z
  .object({
    modelId: ModelId,
    classes: z.array(z.string()),
    columns: ColumnMatch,
    /** In the order of the rows sent. */
    rows: z.array(RowDiagnosis),
  })
  .meta({ id: "RowsDiagnosis" });
export type RowsDiagnosis = z.infer<typeof RowsDiagnosis>;

const shiftVerdicts = ["same", "partly-other", "other"] as const;

/** How a file differs from what the model was trained on, by tests at the file's own number of rows. */
export const ShiftReport = z
  .object({
    /** `same`: no KPI differs by more than chance; `other`: a quarter of the KPIs or more does. */
    verdict: z.enum(shiftVerdicts),
    /** Rows that were compared: all of a small file, a random sample of a large one. */
    sampledRows: z.int().nonnegative(),
    kpis: z.int().nonnegative(),
    /** KPIs that differ by more than chance. */
    shifted: z.int().nonnegative(),
    /** Those among them whose share of gaps differs. */
    gapsShifted: z.int().nonnegative(),
    /** Mean Kolmogorov–Smirnov distance over the KPIs. */
    meanDistance: z.number().min(0).max(1),
    /** Total variation distance between the diagnosed classes and those of the training file. */
    classDistance: z.number().min(0).max(1),
    /** The KPIs that differ most, the greatest distance first. */
    most: z
      .array(
        z.object({
          name: z.string(),
          /** Kolmogorov–Smirnov. */
          distance: z.number().min(0).max(1),
          /** Share of gaps in the file less that in training. */
          gapShare: z.number().min(-1).max(1),
          /** Chance of a difference as large between files of the same origin. */
          probability: z.number().min(0).max(1),
        }),
      )
      .max(20),
  })
  .meta({ id: "ShiftReport" });
export type ShiftReport = z.infer<typeof ShiftReport>;

export const DiagnosisSummary = z
  .object({
    schema: z.literal("summary.v1"),
    rows: z.int().nonnegative(),
    classes: z.array(ClassCount),
    /** Rows whose novelty is above the model's limit; only where the model tells. */
    unknownRows: z.int().nonnegative().optional(),
    /** The same by the most probable class, in the order of `classes`. */
    unknownByClass: z.array(ClassCount).optional(),
    /** Rows in `sample.json`. */
    samplePoints: z.int().nonnegative().optional(),
    /** Rows in `explanations.json`, fewer than all where time was short; only where rows were to be explained. */
    explainedRows: z.int().nonnegative().optional(),
    meanConfidence: z.number(),
    /** Rows by confidence: ten bins of equal width from 0 to 1. */
    confidenceHistogram: z.array(z.int().nonnegative()).length(10),
    columns: ColumnMatch,
    /** Only where the model tells what it was trained on. */
    shift: ShiftReport.optional(),
    /** Rows that stray from means and deviations of normal rows; only where the model tells. */
    anomalies: AnomalySummary.optional(),
    /** Whether each node's KPIs are within their normal ranges; only where the model tells. */
    health: HealthSummary.optional(),
    /** Whether the system is back to normal; only of a diagnosis that was ordered to tell. */
    recovery: Recovery.optional(),
    /** Only where the file had labels. */
    evaluation: z
      .object({
        rows: z.int(),
        accuracy: z.number(),
        macroF1: z.number(),
        /** Expected calibration error of the confidence, 15 bins. */
        ece: z.number().min(0).max(1),
        confusion: z.array(z.array(z.int())),
        classes: z.array(z.string()),
      })
      .optional(),
  })
  .meta({ id: "DiagnosisSummary" });
export type DiagnosisSummary = z.infer<typeof DiagnosisSummary>;
