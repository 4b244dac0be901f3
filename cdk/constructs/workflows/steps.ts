import { Duration } from "aws-cdk-lib";
import { Fail, type IChainable, JsonPath, Timeout } from "aws-cdk-lib/aws-stepfunctions";
import { LambdaInvoke } from "aws-cdk-lib/aws-stepfunctions-tasks";
import type { Construct } from "constructs";
import type { HouseFunction } from "../function/house-function.ts";

/** Lambda's own trouble, which says nothing about what the function was asked to do. */
const transientLambdaErrors = [
  "Lambda.ServiceException",
  "Lambda.AWSLambdaException",
  "Lambda.SdkClientException",
  "Lambda.TooManyRequestsException",
  "Lambda.ClientExecutionTimeoutException",
];

/** The function has said why it cannot succeed, or would take as long and need as much once more. */
const finalErrors = [
  "RunFailedError",
  "ConflictError",
  "NotFoundError",
  "InvalidError",
  "TableError",
  "States.Timeout",
  "Sandbox.Timedout",
  "Runtime.ExitError",
  "Runtime.OutOfMemory",
];

export interface LambdaStepOptions {
  /** What becomes of the function's answer. @default it is the next state's input */
  readonly result?: "replaces-input" | "discarded";
  /** Errors after which it is asked once more, whatever it has said. @default none */
  readonly askAgainAfter?: readonly string[];
}

/**
 * A function that gets the state's whole input. The state waits a little longer than the function may run. All of ours
 * may be repeated: a table that is throttled or a storage that is unwell for some seconds ends no work of hours.
 */
export function lambdaStep(
  scope: Construct,
  name: string,
  { function: lambda }: HouseFunction,
  { result = "replaces-input", askAgainAfter }: LambdaStepOptions = {},
): LambdaInvoke {
  const step = LambdaInvoke.jsonPath(scope, name, {
    lambdaFunction: lambda,
    taskTimeout: Timeout.duration(Duration.seconds((lambda.timeout?.toSeconds() ?? 3) + 30)),
    retryOnServiceExceptions: false,
    ...(result === "discarded" ? { resultPath: JsonPath.DISCARD } : { outputPath: "$.Payload" }),
  });
  step.addRetry({ errors: transientLambdaErrors, interval: Duration.seconds(2), backoffRate: 2, maxAttempts: 4 });
  if (askAgainAfter) {
    step.addRetry({ errors: [...askAgainAfter], interval: Duration.seconds(2), backoffRate: 2, maxAttempts: 1 });
  }
  if (!askAgainAfter?.includes("States.ALL")) {
    step.addRetry({ errors: finalErrors, maxAttempts: 0 });
    step.addRetry({ errors: ["States.TaskFailed"], interval: Duration.seconds(2), backoffRate: 3, maxAttempts: 2 });
  }
  return step;
}

interface Catching {
  addCatch(handler: IChainable, props: { readonly resultPath: string }): unknown;
}

/** However one of the steps fails: `record` gets the error beside the step's input, then the execution ends as failed. */
export function failInto(scope: Construct, name: string, record: LambdaInvoke, steps: readonly Catching[]): void {
  const chain = record.next(new Fail(scope, name, { error: name, cause: "The reason is on the record." }));
  for (const step of steps) step.addCatch(chain, { resultPath: "$.error" });
}
