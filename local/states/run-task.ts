import { randomUUID } from "node:crypto";
import { authorize } from "../access/authorize.ts";
import type { ContainerService, TaskView } from "../ecs/container-service.ts";
import { describeTask, pascalCase } from "../ecs/describe-task.ts";
import type { TaskDefinition, TaskOverrides } from "../ecs/task-definition.ts";
import type { FunctionPool } from "../lambda/function-pool.ts";
import type { FunctionErrorPayload } from "../lambda/messages.ts";
import type { Principal } from "../sigv4/credential-store.ts";
import type { Topics } from "../sns/topics.ts";
import { type Json, type JsonObject, listOf, objectOf, stringsOf, textOf } from "../template/json.ts";
import { TaskFailedError } from "./execution.ts";
import type { TaskHandler } from "./state-machine.ts";
import { taskKind } from "./task-resources.ts";

/** What Task states may call. Each look-up takes a name or an ARN. */
export interface TaskServices {
  functionOf(name: string): FunctionPool | undefined;
  taskDefinitionOf(name: string): TaskDefinition | undefined;
  readonly containers: ContainerService;
  readonly topics: Topics;
}

/** Runs Task states as the machine's role. */
export function taskHandler(role: Principal, services: TaskServices): TaskHandler {
  return async (state, input, signal) => {
    const resource = String(state.Resource);
    switch (taskKind(resource)) {
      case "lambda:invoke": {
        const { FunctionName, Payload = {} } = objectOf(input);
        return invokeResult(await invoke(role, services, String(FunctionName), Payload, signal));
      }
      case "lambda-function":
        return invoke(role, services, resource, input, signal);
      case "ecs:runTask.sync":
        return runContainer(role, services, objectOf(input), signal);
      case "sns:publish":
        return publish(role, services, objectOf(input));
      default:
        throw new TaskFailedError("States.Runtime", `${resource} is not run here`, { terminal: true });
    }
  };
}

/** Like AWS, an execution that ends does not end a function that is under way: nobody waits for it any more. */
async function invoke(
  role: Principal,
  services: TaskServices,
  name: string,
  payload: Json,
  signal: AbortSignal,
): Promise<Json> {
  const pool = services.functionOf(name);
  if (!pool) throw new TaskFailedError("Lambda.ResourceNotFoundException", `Function not found: ${name}`);
  denied("Lambda.AWSLambdaException", () => authorize(role, "lambda:InvokeFunction", pool.config.arn));
  const invocation = pool.invoke(JSON.stringify(payload)).catch((error: Error) => {
    throw new TaskFailedError(`Lambda.${error.name}`, error.message);
  });
  const result = await Promise.race([invocation, aborted(signal)]);
  if (result.functionError) {
    const error = JSON.parse(result.payload) as FunctionErrorPayload;
    throw new TaskFailedError(error.errorType, result.payload);
  }
  return JSON.parse(result.payload) as Json;
}

function invokeResult(payload: Json): JsonObject {
  const requestId = randomUUID();
  return {
    ExecutedVersion: "$LATEST",
    Payload: payload,
    SdkHttpMetadata: { HttpStatusCode: 200 },
    SdkResponseMetadata: { RequestId: requestId },
    StatusCode: 200,
  };
}

async function runContainer(
  role: Principal,
  { taskDefinitionOf, containers }: TaskServices,
  parameters: JsonObject,
  signal: AbortSignal,
): Promise<Json> {
  const name = String(parameters.TaskDefinition);
  const definition = taskDefinitionOf(name);
  if (!definition) throw new TaskFailedError("ECS.ClientException", `TaskDefinition not found: ${name}`);
  denied("ECS.AccessDeniedException", () => {
    authorize(role, "ecs:RunTask", definition.arn);
    authorize(role, "iam:PassRole", definition.taskRoleArn, { "iam:PassedToService": "ecs-tasks.amazonaws.com" });
  });
  let task: TaskView;
  try {
    task = containers.run(definition, String(parameters.Cluster), overridesOf(parameters, definition.containerName));
  } catch (error) {
    throw new TaskFailedError((error as Error).name, (error as Error).message);
  }
  const stop = (): void => void containers.stop(task.taskArn, "Execution stopped by Step Functions");
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop, { once: true });
  const ended = (await containers.stopped(task.taskArn))!;
  signal.removeEventListener("abort", stop);
  const described = pascalCase(describeTask(ended));
  if (ended.exitCode !== 0) throw new TaskFailedError("States.TaskFailed", JSON.stringify(described));
  return described;
}

function overridesOf(parameters: JsonObject, containerName: string): TaskOverrides {
  const overrides = listOf(objectOf(parameters.Overrides).ContainerOverrides)
    .map(objectOf)
    .find((override) => override.Name === containerName);
  const command = stringsOf(overrides?.Command);
  const variables = listOf(overrides?.Environment).map(objectOf);
  return {
    ...(command.length > 0 ? { command } : {}),
    ...(overrides?.Memory === undefined ? {} : { memoryMegabytes: Number(overrides.Memory) }),
    variables: Object.fromEntries(variables.map(({ Name, Value }) => [String(Name), String(Value)])),
  };
}

function publish(role: Principal, { topics }: TaskServices, parameters: JsonObject): Json {
  const topicArn = String(parameters.TopicArn);
  denied("SNS.AuthorizationErrorException", () => authorize(role, "sns:Publish", topicArn));
  const message = parameters.Message;
  const MessageId = topics.publish({
    topicArn,
    message: typeof message === "string" ? message : JSON.stringify(message),
    ...(parameters.Subject === undefined ? {} : { subject: textOf(parameters.Subject)! }),
  });
  return { MessageId, SdkHttpMetadata: { HttpStatusCode: 200 } };
}

function denied(error: string, check: () => void): void {
  try {
    check();
  } catch (cause) {
    throw new TaskFailedError(error, (cause as Error).message);
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void =>
      reject(new TaskFailedError("States.Runtime", "nobody waits for this task", { terminal: true }));
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}
