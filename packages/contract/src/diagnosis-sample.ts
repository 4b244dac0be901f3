import { z } from "zod";

const maxSamplePoints = 2_000;
const maxSampleKpis = 12;

/** `sample.json` of a diagnosis: rows drawn at random from the file, for charts. */
export const DiagnosisSample = z
  .object({
    schema: z.literal("diagnosis-sample.v1"),
    /** All rows of the file; `points` are as many of them, or 2,000. */
    rows: z.int().nonnegative(),
    classes: z.array(z.string()),
    /** The KPIs that tell most, first; `values` are of them. */
    kpis: z.array(z.string()).max(maxSampleKpis),
    /** In the order of the rows. */
    points: z
      .array(
        z.object({
          /** Number of the data row, from 1. */
          row: z.int().positive(),
          id: z.string().optional(),
          /** Index into `classes`; −1 where the row is unknown. */
          diagnosis: z.int().min(-1),
          /** Probability of the most probable class. */
          confidence: z.number(),
          /** In the order of `classes`. */
          probabilities: z.array(z.number()),
          novelty: z.number().optional(),
          /** Place on the model's map; only where it has one. */
          x: z.number().optional(),
          y: z.number().optional(),
          /** In the order of `kpis`; null for a gap. */
          values: z.array(z.number().nullable()),
        }),
      )
      .max(maxSamplePoints),
  })
  .meta({ id: "DiagnosisSample" });
export type DiagnosisSample = z.infer<typeof DiagnosisSample>;
