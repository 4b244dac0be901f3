import { setTimeout as delay } from "node:timers/promises";
import { InvalidLambdaResponseError, UnexpectedLambdaError, UserLambdaValidationError } from "./errors.ts";

export type TriggerName = "PreSignUp" | "PostConfirmation" | "PreTokenGeneration";

/** The event of a user pool trigger, version 1; the function answers with the same event, its response filled in. */
export type TriggerEvent = {
  readonly version: "1";
  readonly triggerSource:
    | "PreSignUp_SignUp"
    | "PreSignUp_AdminCreateUser"
    | "PostConfirmation_ConfirmSignUp"
    | "PostConfirmation_ConfirmForgotPassword"
    | "TokenGeneration_Authentication"
    | "TokenGeneration_RefreshTokens";
  readonly region: string;
  readonly userPoolId: string;
  readonly userName: string;
  readonly callerContext: { readonly awsSdkVersion: string; readonly clientId: string };
  readonly request: {
    readonly userAttributes: Readonly<Record<string, string>>;
    readonly validationData?: Readonly<Record<string, string>> | null;
    readonly clientMetadata?: Readonly<Record<string, string>>;
    readonly groupConfiguration?: {
      readonly groupsToOverride: readonly string[];
      readonly iamRolesToOverride: readonly string[];
      readonly preferredRole: string | null;
    };
  };
  readonly response: Readonly<Record<string, unknown>>;
};

/** Runs the function that the template configures for the trigger; rejects with the function's own error. */
export type InvokeTrigger = (name: TriggerName, event: TriggerEvent) => Promise<unknown>;

const attempts = 3;
const defaultTimeoutMs = 5000;

/**
 * Invokes a trigger as Cognito does: five seconds to answer, three attempts when it stays silent.
 * @returns the response part of the answered event.
 * @throws UserLambdaValidationError with the function's message when it fails, UnexpectedLambdaError when it stays
 * silent, InvalidLambdaResponseError when it does not give the event back.
 */
export async function runTrigger(
  invoke: InvokeTrigger,
  name: TriggerName,
  event: TriggerEvent,
  timeoutMs = defaultTimeoutMs,
): Promise<Readonly<Record<string, unknown>>> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const answered = await within(timeoutMs, () => invoke(name, event)).catch((cause: unknown) => {
      const message = cause instanceof Error ? cause.message : String(cause);
      throw new UserLambdaValidationError(`${name} failed with error ${message}.`, { cause });
    });
    if (answered === silent) continue;
    if (!isObject(answered) || !isObject(answered.response)) throw new InvalidLambdaResponseError();
    return answered.response;
  }
  throw new UnexpectedLambdaError(
    `${name} invocation failed due to error Socket timeout while invoking Lambda function.`,
  );
}

const silent = Symbol("no answer in time");

async function within(timeoutMs: number, work: () => Promise<unknown>): Promise<unknown> {
  const ended = new AbortController();
  try {
    return await Promise.race([work(), delay(timeoutMs, silent, { signal: ended.signal })]);
  } finally {
    ended.abort();
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
