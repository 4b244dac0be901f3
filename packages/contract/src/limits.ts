import { z } from "zod";

/** What a workspace may send. Stage config sets them; every refusal names the limit and the value found. */
export const Limits = z
  .object({
    maxFileBytes: z.int().positive(),
    maxRows: z.int().positive(),
    /** KPI columns: those of the id, the class, time and node are not counted. */
    maxColumns: z.int().positive(),
    maxClasses: z.int().positive(),
    /** Rows of one synchronous diagnosis. */
    maxRowsPerRequest: z.int().positive(),
    /** Bytes of all files of a workspace, as they were sent. */
    maxStorageBytes: z.int().positive(),
    /** Queued and running runs of a workspace, those that a drop asks for not counted. */
    maxRunsAtOnce: z.int().positive(),
  })
  .meta({ id: "Limits" });
export type Limits = z.infer<typeof Limits>;

export const defaultLimits: Limits = {
  maxFileBytes: 5 * 1024 ** 3,
  maxRows: 20_000_000,
  maxColumns: 5_000,
  maxClasses: 200,
  maxRowsPerRequest: 1_000,
  maxStorageBytes: 1024 ** 4,
  maxRunsAtOnce: 50,
};
