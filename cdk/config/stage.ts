import { Limits } from "@systemhealer/contract/limits";
import { z } from "zod";

const days = z.union([
  z.literal(7),
  z.literal(14),
  z.literal(30),
  z.literal(90),
  z.literal(180),
  z.literal(365),
  z.literal(731),
]);

/** A function's memory also sets its share of a processor: 1,769 MiB is one whole. */
const memoryMiB = z.int().min(128).max(10_240);

/** All that differs between one deployment and another. */
export const StageConfig = z.object({
  name: z.enum(["dev", "prod", "local"]),
  /** Origins whose pages may call the API and send files to the bucket; none where no page is served elsewhere. */
  portalOrigins: z.array(z.url()).readonly(),
  /** Whether bucket, table and user pool outlive the stacks and refuse deletion. */
  keepData: z.boolean(),
  logRetentionDays: days,
  /** Whether anybody may sign up and get a workspace of their own. */
  selfSignUp: z.boolean(),
  /** Cognito's threat protection; charged by active user. */
  threatProtection: z.boolean(),

  limits: Limits,
  /** Life of a presigned download. */
  downloadSeconds: z.int().min(30).max(3_600),
  /** Life of an unfinished upload. */
  uploadSeconds: z
    .int()
    .min(900)
    .max(7 * 86_400),
  /** A run or validation that is silent for longer is given up. */
  heartbeatSeconds: z.int().min(5).max(3_600),
  /** Days that a file stays under `drops/`. */
  dropDays: z.int().min(1),

  api: z.object({
    requestsPerSecond: z.int().positive(),
    burst: z.int().positive(),
    memoryMiB,
    inferenceMemoryMiB: memoryMiB,
    /** Concurrent executions kept for the API function and for one-row diagnoses each; unset: the account's pool. */
    reservedConcurrency: z.int().positive().optional(),
  }),
  validation: z.object({ memoryMiB }),
  diagnosis: z.object({ memoryMiB, maxConcurrency: z.int().min(1).max(1_000) }),
  training: z.object({
    /** Units of 1/1024 processor, in a pair that Fargate offers. */
    cpu: z.union([z.literal(1024), z.literal(2048), z.literal(4096), z.literal(8192)]),
    memoryMiB: z.int().min(2_048).max(61_440),
    maxHours: z.int().min(1).max(168),
  }),
  alerts: z.object({
    /** Gets the alarms, once the address has confirmed. */
    email: z.email().optional(),
    /** Needs the e-mail address too. */
    monthlyBudgetUsd: z.number().positive().optional(),
  }),
});
export type StageConfig = z.infer<typeof StageConfig>;
