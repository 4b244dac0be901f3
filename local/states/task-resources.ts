import { type JsonObject, listOf, objectOf, textOf } from "../template/json.ts";

/** What a Task state may ask for: the part of its `Resource` that names the service, and the parameters honoured. */
export type TaskKind = "lambda:invoke" | "lambda-function" | "ecs:runTask.sync" | "sns:publish";

const parameters: Readonly<Record<TaskKind, readonly string[]>> = {
  "lambda:invoke": ["FunctionName", "Payload"],
  "lambda-function": [],
  "ecs:runTask.sync": [
    "Cluster",
    "TaskDefinition",
    "LaunchType",
    "PlatformVersion",
    "NetworkConfiguration",
    "Overrides",
    "PropagateTags",
    "EnableExecuteCommand",
    "Tags",
  ],
  "sns:publish": ["TopicArn", "Message", "Subject", "MessageAttributes"],
};

export function taskKind(resource: string): TaskKind | undefined {
  const integration = /^arn:aws:states:::(.+)$/.exec(resource)?.[1];
  if (integration !== undefined) return integration in parameters ? (integration as TaskKind) : undefined;
  return /^arn:aws:lambda:[^:]*:[^:]*:function:/.test(resource) ? "lambda-function" : undefined;
}

/** All in a Task state's resource and parameters that is not honoured here. */
export function parameterProblems(state: JsonObject): string[] {
  const resource = textOf(state.Resource) ?? "";
  const kind = taskKind(resource);
  if (!kind) return [`resource ${resource} is not run here`];
  if (kind === "lambda-function") return [];
  const given = objectOf(state.Parameters);
  const problems = unknown(given, parameters[kind], "Parameters");
  if (kind === "ecs:runTask.sync") {
    const overrides = objectOf(given.Overrides);
    problems.push(...unknown(overrides, ["ContainerOverrides"], "Overrides"));
    for (const override of listOf(overrides.ContainerOverrides)) {
      problems.push(...unknown(objectOf(override), ["Name", "Environment", "Command", "Cpu", "Memory"], "Overrides"));
    }
  }
  return problems;
}

function unknown(given: JsonObject, known: readonly string[], where: string): string[] {
  return Object.keys(given)
    .filter((field) => !known.includes(field.replace(/\.\$$/, "")))
    .map((field) => `${where} field ${field} is not honoured`);
}
