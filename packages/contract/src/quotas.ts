import { z } from "zod";

/** What a workspace's administrator may set; never above the limits of the installation. */
export const Quotas = z.object({
  /** Bytes of all that is stored: files as they were sent and uncompressed, models, results. */
  storageBytes: z.int().positive(),
  /** Queued and running runs; those that a drop asks for are not refused. */
  runsAtOnce: z.int().positive(),
  rowsPerFile: z.int().positive(),
});
export type Quotas = z.infer<typeof Quotas>;

export const QuotasView = z
  .object({
    /** What counts now. */
    quotas: Quotas,
    /** What the installation allows at most, and what counts where nothing is set. */
    most: Quotas,
    /** Which of them were set here. */
    set: Quotas.partial(),
    used: z.object({
      storageBytes: z.int().nonnegative(),
      /** There are more files than are counted at once: they take up at least so much. */
      storageIsAtLeast: z.literal(true).optional(),
      datasets: z.int().nonnegative(),
      runsAtOnce: z.int().nonnegative(),
    }),
    /** Optimistic lock of a change. */
    version: z.int().positive(),
  })
  .meta({ id: "QuotasView" });
export type QuotasView = z.infer<typeof QuotasView>;

/** What is left out stays; null gives up what was set. */
export const QuotasChange = z.object({
  version: z.int().positive(),
  storageBytes: Quotas.shape.storageBytes.nullable().optional(),
  runsAtOnce: Quotas.shape.runsAtOnce.nullable().optional(),
  rowsPerFile: Quotas.shape.rowsPerFile.nullable().optional(),
});
export type QuotasChange = z.infer<typeof QuotasChange>;
