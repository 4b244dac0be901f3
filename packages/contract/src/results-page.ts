import { z } from "zod";

/** Written beside `results.csv`: where in it every so many-th row begins. */
export const ResultsIndex = z.object({
  schema: z.literal("results-index.v1"),
  rows: z.int().nonnegative(),
  every: z.int().positive(),
  /** Byte offsets of the rows 0, `every`, 2 × `every`, … */
  offsets: z.array(z.int().nonnegative()),
});
export type ResultsIndex = z.infer<typeof ResultsIndex>;

export const ResultRow = z
  .object({
    /** 1-based number of the row in the data set. */
    row: z.int().positive(),
    /** Only where the file has an id column. */
    id: z.string().optional(),
    diagnosis: z.string(),
    confidence: z.number(),
    /** In the order of `classes`. */
    probabilities: z.array(z.number()),
    /** Only where the model tells. */
    novelty: z.number().optional(),
    unknown: z.boolean().optional(),
    /** KPIs beyond the threshold, and whether the row is anomalous; only where the model tells. */
    kpisBeyond: z.int().nonnegative().optional(),
    anomalous: z.boolean().optional(),
  })
  .meta({ id: "ResultRow" });
export type ResultRow = z.infer<typeof ResultRow>;

export const ResultsPage = z
  .object({
    totalRows: z.int().nonnegative(),
    idColumn: z.string().nullable(),
    classes: z.array(z.string()),
    /** In the order of the file. */
    items: z.array(ResultRow),
    /** Rows looked at by this call; fewer than all where the bytes of one call were used up. */
    scannedRows: z.int().nonnegative(),
    /** Where to go on; absent at the end. With filters a page may be short, even empty, and still go on. */
    nextOffset: z.int().positive().optional(),
  })
  .meta({ id: "ResultsPage" });
export type ResultsPage = z.infer<typeof ResultsPage>;
