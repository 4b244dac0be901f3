import { Limits } from "@systemhealer/contract/limits";
import { z } from "zod";

/**
 * What each entry file is told through its environment. The same schema types what the CDK construct must set, so that
 * a variable left out there is a compile error, and validates `process.env` when the process starts.
 */
const arn = (service: string) => z.string().regex(new RegExp(`^arn:[^:]+:${service}:`), `not an ARN of ${service}`);
const seconds = z
  .string()
  .regex(/^[1-9]\d{0,8}$/, "not a whole number of seconds")
  .transform(Number);

const variables = {
  TABLE_NAME: z.string().min(1),
  BUCKET_NAME: z.string().min(1),
  /** JSON of the contract's `Limits`. */
  LIMITS: z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: "custom", message: "not JSON" });
        return z.NEVER;
      }
    })
    .pipe(Limits),
  INGEST_STATE_MACHINE_ARN: arn("states"),
  TRAINING_STATE_MACHINE_ARN: arn("states"),
  DIAGNOSIS_STATE_MACHINE_ARN: arn("states"),
  ALERT_TOPIC_ARN: arn("sns"),
  USER_POOL_ID: z.string().regex(/^[a-z0-9-]+_[A-Za-z0-9]+$/, "not the id of a user pool"),
  USER_POOL_CLIENT_ID: z.string().min(1),
  /** Where clients sign in. */
  COGNITO_ENDPOINT: z.url(),
  /** Life of a presigned download. */
  DOWNLOAD_SECONDS: seconds,
  /** Life of an unfinished upload. */
  UPLOAD_SECONDS: seconds,
  /** A run or validation that is silent for longer is failed by the sweeper. */
  HEARTBEAT_SECONDS: seconds,
  /** Days that an entry of the audit trail is kept. */
  AUDIT_DAYS: z
    .string()
    .regex(/^[1-9]\d{0,4}$/, "not a whole number of days")
    .transform(Number),
  RUN_ID: z.string().min(1),
  WORKSPACE_ID: z.string().min(1),
} as const;

function environment<const K extends keyof typeof variables>(...names: readonly K[]) {
  const shape = Object.fromEntries(names.map((name) => [name, variables[name]])) as Pick<typeof variables, K>;
  return z.object(shape);
}

/** By the entry file's path without its extension, as the bundles under `build/functions/` are named. */
export const functionEnvironments = {
  "api/main": environment(
    "TABLE_NAME",
    "BUCKET_NAME",
    "LIMITS",
    "INGEST_STATE_MACHINE_ARN",
    "TRAINING_STATE_MACHINE_ARN",
    "DIAGNOSIS_STATE_MACHINE_ARN",
    "DOWNLOAD_SECONDS",
    "UPLOAD_SECONDS",
    "AUDIT_DAYS",
    "USER_POOL_ID",
    "USER_POOL_CLIENT_ID",
    "COGNITO_ENDPOINT",
  ),
  "inference/rows": environment("TABLE_NAME", "BUCKET_NAME", "LIMITS"),
  "inference/import": environment("TABLE_NAME", "BUCKET_NAME", "AUDIT_DAYS"),
  "inference/shard": environment("TABLE_NAME", "BUCKET_NAME", "HEARTBEAT_SECONDS"),
  "events/object-created": environment(
    "TABLE_NAME",
    "BUCKET_NAME",
    "LIMITS",
    "INGEST_STATE_MACHINE_ARN",
    "ALERT_TOPIC_ARN",
  ),
  "events/sweep": environment(
    "TABLE_NAME",
    "BUCKET_NAME",
    "INGEST_STATE_MACHINE_ARN",
    "TRAINING_STATE_MACHINE_ARN",
    "DIAGNOSIS_STATE_MACHINE_ARN",
    "ALERT_TOPIC_ARN",
    "HEARTBEAT_SECONDS",
  ),
  "events/post-confirmation": environment("TABLE_NAME"),
  "events/pre-token": environment("TABLE_NAME"),
  "workflow/validate-dataset": environment(
    "TABLE_NAME",
    "BUCKET_NAME",
    "LIMITS",
    "ALERT_TOPIC_ARN",
    "HEARTBEAT_SECONDS",
  ),
  "workflow/start-follow-up": environment(
    "TABLE_NAME",
    "TRAINING_STATE_MACHINE_ARN",
    "DIAGNOSIS_STATE_MACHINE_ARN",
    "ALERT_TOPIC_ARN",
  ),
  "workflow/record-ingest-failure": environment("TABLE_NAME", "BUCKET_NAME", "ALERT_TOPIC_ARN"),
  "workflow/register-model": environment("TABLE_NAME", "BUCKET_NAME", "ALERT_TOPIC_ARN"),
  "workflow/start-next": environment("TABLE_NAME", "DIAGNOSIS_STATE_MACHINE_ARN", "ALERT_TOPIC_ARN"),
  "workflow/plan-diagnosis": environment("TABLE_NAME", "BUCKET_NAME"),
  "workflow/merge-results": environment("TABLE_NAME", "BUCKET_NAME", "ALERT_TOPIC_ARN", "HEARTBEAT_SECONDS"),
  "workflow/record-run-failure": environment("TABLE_NAME", "BUCKET_NAME", "ALERT_TOPIC_ARN"),
} as const;
export type FunctionName = keyof typeof functionEnvironments;

/** What the trainer's task definition sets. */
export const trainerTaskEnvironment = environment("TABLE_NAME", "BUCKET_NAME", "LIMITS", "HEARTBEAT_SECONDS");

/** What a trainer process finds: its task definition's variables and those of the order. */
export const trainerEnvironment = trainerTaskEnvironment.extend({
  RUN_ID: variables.RUN_ID,
  WORKSPACE_ID: variables.WORKSPACE_ID,
});

/** The variables that the infrastructure must set, all of them text. */
export type EnvironmentVariables<S extends z.ZodObject> = Readonly<z.input<S>>;
export type FunctionVariables<N extends FunctionName> = EnvironmentVariables<(typeof functionEnvironments)[N]>;

export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
}

/**
 * @param source usually `process.env`
 * @throws EnvironmentError naming every variable that is missing or wrong, never its value
 */
export function parseEnvironment<S extends z.ZodObject>(
  schema: S,
  source: Readonly<Record<string, string | undefined>>,
): z.output<S> {
  const result = schema.safeParse(source);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    const reason = source[name] === undefined ? "is not set" : [...issue.path.slice(1), issue.message].join(": ");
    return `${name} ${reason}`;
  });
  throw new EnvironmentError(`The environment is incomplete: ${faults.join("; ")}`);
}
