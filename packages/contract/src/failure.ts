import { z } from "zod";

/** Why a run failed. Codes are stable; their sentences are in `messages/`. */
export const failureCodes = [
  "worker-lost",
  "worker-silent",
  "worker-crashed",
  "out-of-memory",
  "out-of-time",
  "did-not-converge",
  "data-unusable",
  "data-changed",
  "model-unusable",
  "model-check-failed",
  "columns-do-not-match",
  "could-not-start",
  "internal",
] as const;
export const FailureCode = z.enum(failureCodes);
export type FailureCode = z.infer<typeof FailureCode>;

export const Failure = z
  .object({
    code: FailureCode,
    /** Values for the sentence of the code. */
    parameters: z.record(z.string(), z.union([z.string(), z.number()])),
  })
  .meta({ id: "Failure" });
export type Failure = z.infer<typeof Failure>;
