import { z } from "zod";
import { ModelId } from "./ids.ts";
import { ClassCount } from "./profile.ts";

/** One row: KPI name to value; a gap is null, or the KPI is left out. */
export const SampleRow = z.record(z.string(), z.number().nullable());
export type SampleRow = z.infer<typeof SampleRow>;

export const RowDiagnosis = z.object({
  diagnosis: z.string(),
  /** Probability of the diagnosed class, 0 to 1. */
  confidence: z.number(),
  /** In the order of `classes`. */
  probabilities: z.array(z.number()),
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

export const DiagnosisSummary = z
  .object({
    schema: z.literal("summary.v1"),
    rows: z.int().nonnegative(),
    classes: z.array(ClassCount),
    meanConfidence: z.number(),
    /** Rows by confidence: ten bins of equal width from 0 to 1. */
    confidenceHistogram: z.array(z.int().nonnegative()).length(10),
    columns: ColumnMatch,
    /** Only where the file had labels. */
    evaluation: z
      .object({
        rows: z.int(),
        accuracy: z.number(),
        macroF1: z.number(),
        confusion: z.array(z.array(z.int())),
        classes: z.array(z.string()),
      })
      .optional(),
  })
  .meta({ id: "DiagnosisSummary" });
export type DiagnosisSummary = z.infer<typeof DiagnosisSummary>;
