import type { Json, JsonObject } from "../template/json.ts";
import type { TaskView } from "./container-service.ts";

/** A task as DescribeTasks answers it. */
export function describeTask(task: TaskView): JsonObject {
  const seconds = (milliseconds: number | undefined): number | undefined =>
    milliseconds === undefined ? undefined : milliseconds / 1000;
  const fields: Record<string, Json | undefined> = {
    attachments: [],
    clusterArn: task.clusterArn,
    containers: [
      withoutUndefined({
        containerArn: `${task.taskArn.replace(":task/", ":container/")}/${task.definition.containerName}`,
        exitCode: task.exitCode,
        lastStatus: task.lastStatus,
        name: task.definition.containerName,
        reason: task.containerReason,
        taskArn: task.taskArn,
      }),
    ],
    createdAt: seconds(task.createdAt),
    desiredStatus: task.stopCode === undefined ? "RUNNING" : "STOPPED",
    lastStatus: task.lastStatus,
    launchType: "FARGATE",
    memory: String(task.definition.memoryMegabytes),
    startedAt: seconds(task.startedAt),
    stopCode: task.stopCode,
    stoppedAt: seconds(task.stoppedAt),
    stoppedReason: task.stoppedReason,
    taskArn: task.taskArn,
    taskDefinitionArn: task.definition.arn,
  };
  return withoutUndefined(fields);
}

/** The same with the capitals in which Step Functions shows it. */
export function pascalCase(value: Json): Json {
  if (Array.isArray(value)) return value.map(pascalCase);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key[0]!.toUpperCase() + key.slice(1), pascalCase(item)]),
  );
}

function withoutUndefined(fields: Record<string, Json | undefined>): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as JsonObject;
}
