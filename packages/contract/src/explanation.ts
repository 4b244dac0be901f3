import { z } from "zod";

/** Why a row was diagnosed as it was: what each KPI adds to the score of the diagnosed class. */
export const Explanation = z
  .object({
    /** Whose score is taken apart: the most probable class. */
    class: z.string(),
    /** The score where nothing is known of the row. */
    baseline: z.number(),
    /** The score of the row: baseline plus the contributions of all KPIs. */
    score: z.number(),
    /**
     * `tree-shap`: exact, the score is the margin of the trees (of a forest: its votes); `sampled-shapley`: by sampling
     * orders of the KPIs, the score is the logarithm of the probability over the geometric mean of all classes'.
     */
    method: z.enum(["tree-shap", "sampled-shapley"]),
    /** Greatest standard error of a contribution; only where they are sampled. */
    standardError: z.number().nonnegative().optional(),
    /** The greatest contributions first. */
    kpis: z
      .array(
        z.object({
          name: z.string(),
          /** null for a gap. */
          value: z.number().nullable(),
          contribution: z.number(),
          /** Normal range; only where the model tells. */
          low: z.number().optional(),
          high: z.number().optional(),
          /** Where the value lies to the normal range. */
          direction: z.enum(["above", "below", "within", "gap"]).optional(),
          /** Standard deviations from the mean of normal rows; only where the model tells. */
          z: z.number().optional(),
        }),
      )
      .max(20),
  })
  .meta({ id: "Explanation" });
export type Explanation = z.infer<typeof Explanation>;

/** Rows of one request that can be explained. */
export const maxExplainedRows = 20;

/** `explanations.json` of a diagnosis: one entry per explained row of the file, in its order. */
export const Explanations = z
  .object({
    schema: z.literal("explanations.v1"),
    rows: z.array(
      Explanation.extend({
        /** Number of the data row, from 1. */
        row: z.int().positive(),
        id: z.string().optional(),
      }),
    ),
  })
  .meta({ id: "Explanations" });
export type Explanations = z.infer<typeof Explanations>;
