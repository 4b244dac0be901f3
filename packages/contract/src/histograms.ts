import { z } from "zod";

const count = z.int().nonnegative();

/** How the values of a KPI are spread, class by class, in a sample of the rows. */
export const FeatureHistogram = z
  .object({
    name: z.string(),
    /** Bins of equal width, or of equal width in the logarithm. */
    scale: z.enum(["linear", "log"]),
    /** Bounds of the bins, one more than bins, from the 1st to the 99th percentile of the sample; none without numbers. */
    edges: z.array(z.number()),
    /** `counts[class][bin]` of sampled rows. */
    counts: z.array(z.array(count)),
    /** Sampled rows by class: below the first bound, above the last one, gaps. */
    below: z.array(count),
    above: z.array(count),
    gaps: z.array(count),
    /** The middle 98 % of the rows of `normalClass`, of all rows where there is none; null: too few numbers. */
    normal: z.object({ low: z.number(), high: z.number() }).nullable(),
  })
  .meta({ id: "FeatureHistogram" });
export type FeatureHistogram = z.infer<typeof FeatureHistogram>;

const facts = {
  rows: count,
  /** The counts are of these: a sample that holds every class alike, at most 5,000 rows. */
  sampledRows: count,
  /** In the order of `counts`; rows without a class come last, under no name. */
  classes: z.array(z.object({ name: z.string().nullable(), rows: count, sampled: count })),
  /** The class that the normal ranges are of. */
  normalClass: z.string().nullable(),
};

/** Written by validation beside the profile. */
export const Histograms = z.object({
  schema: z.literal("histograms.v1"),
  ...facts,
  features: z.array(FeatureHistogram),
});
export type Histograms = z.infer<typeof Histograms>;

export const HistogramPage = z
  .object({ ...facts, items: z.array(FeatureHistogram), total: count, nextOffset: z.int().positive().optional() })
  .meta({ id: "HistogramPage" });
export type HistogramPage = z.infer<typeof HistogramPage>;

/** The first rows of a file, cell by cell as they stand in it (quotes taken away). */
export const DatasetPreview = z
  .object({
    columns: z.array(z.string()),
    /** Row 1 first. */
    rows: z.array(z.array(z.string())),
    /** Of the whole file. */
    totalRows: count,
  })
  .meta({ id: "DatasetPreview" });
export type DatasetPreview = z.infer<typeof DatasetPreview>;
