import { z } from "zod";
import { Finding } from "./validation-report.ts";

export const Dialect = z.object({
  delimiter: z.enum([",", ";", "\t"]),
  byteOrderMark: z.boolean(),
  compression: z.enum(["none", "gzip"]),
});
export type Dialect = z.infer<typeof Dialect>;

export const FeatureProfile = z.object({
  name: z.string(),
  missing: z.int().nonnegative(),
  /** null where the column has no number at all. */
  min: z.number().nullable(),
  max: z.number().nullable(),
  mean: z.number().nullable(),
  standardDeviation: z.number().nullable(),
  /** Approximate 1st, 25th, 50th, 75th and 99th percentile. */
  quantiles: z.array(z.number()).length(5).nullable(),
  constant: z.boolean(),
});
export type FeatureProfile = z.infer<typeof FeatureProfile>;

export const ClassCount = z.object({ name: z.string(), rows: z.int().nonnegative() }).meta({ id: "ClassCount" });
export type ClassCount = z.infer<typeof ClassCount>;

/** A byte range of the uncompressed file that starts and ends between rows. */
export const ByteRange = z.object({
  firstByte: z.int().nonnegative(),
  /** Exclusive. */
  endByte: z.int().positive(),
  /** 1-based number of the first data row in it. */
  firstRow: z.int().positive(),
  rows: z.int().nonnegative(),
});
export type ByteRange = z.infer<typeof ByteRange>;

export const Profile = z
  .object({
    schema: z.literal("profile.v1"),
    rows: z.int().nonnegative(),
    /** Header cells, in the order of the file. */
    columns: z.array(z.string()),
    idColumn: z.string().nullable(),
    labelColumn: z.string().nullable(),
    /** Columns that say where and when (node, time): kept, never learned from. */
    contextColumns: z.array(z.string()),
    features: z.array(FeatureProfile),
    classes: z.array(ClassCount),
    /** What a training with the data set will leave out; at most one for each class. */
    warnings: z.array(Finding).optional(),
    /** Rows whose every feature and label equal those of an earlier row. */
    duplicateRows: z.int().nonnegative(),
    /** Share of feature cells that are gaps, 0 to 1. */
    missingShare: z.number().min(0).max(1),
    dialect: Dialect,
    /** Bytes after decompression. */
    sizeBytes: z.int().nonnegative(),
    /** Of the bytes as they were sent. */
    sha256: z.string(),
    ranges: z.array(ByteRange),
  })
  .meta({ id: "Profile" });
export type Profile = z.infer<typeof Profile>;
