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
  portal: z.object({
    /** Where CloudFront keeps copies; more places cost more. */
    priceClass: z.enum(["europe-and-north-america", "without-south-america-and-oceania", "everywhere"]),
    /** A name of one's own. Without it the pages are under CloudFront's name, whose oldest TLS cannot be chosen. */
    domain: z
      .object({
        name: z.string().regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/, "not a domain name"),
        /** CloudFront takes certificates of one region only. */
        certificateArn: z
          .string()
          .regex(/^arn:aws:acm:us-east-1:\d{12}:certificate\/.+$/, "not a certificate of region us-east-1"),
        /** The Route 53 zone that gets the name; without it the name is pointed at CloudFront by hand. */
        hostedZoneId: z
          .string()
          .regex(/^Z[A-Z0-9]+$/, "not the id of a hosted zone")
          .optional(),
      })
      .optional(),
  }),
  /** Origins beside the portal's own whose pages may call the API and send files to the bucket. */
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
  /** Days that an entry of the audit trail is kept. */
  auditDays: z.int().min(1).max(3_650),
  /** Days that a file stays under `drops/`. */
  dropDays: z.int().min(1),
  /** Days that a file is kept after it was overwritten or deleted. */
  formerVersionDays: z.int().min(1),

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
