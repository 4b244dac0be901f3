import { authorize } from "../access/authorize.ts";
import type { JsonService } from "../aws/json-service.ts";
import { ServiceError } from "../aws/service-error.ts";
import { type JsonObject, listOf, objectOf, stringsOf, textOf } from "../template/json.ts";
import type { ContainerService } from "./container-service.ts";
import { describeTask } from "./describe-task.ts";
import type { TaskDefinition } from "./task-definition.ts";

/** ECS: `RunTask`, `StopTask`, `DescribeTasks`. */
export function ecsService(
  containers: ContainerService,
  taskDefinitionOf: (name: string) => TaskDefinition | undefined,
): JsonService {
  return {
    signingName: "ecs",
    targetPrefix: "AmazonEC2ContainerServiceV20141113",
    contentType: "application/x-amz-json-1.1",
    async handle({ operation, input, principal }) {
      switch (operation) {
        case "RunTask": {
          const definition = taskDefinitionOf(textOf(input.taskDefinition) ?? "");
          if (!definition) throw new ServiceError("ClientException", "TaskDefinition not found.");
          authorize(principal, "ecs:RunTask", definition.arn);
          authorize(principal, "iam:PassRole", definition.taskRoleArn, {
            "iam:PassedToService": "ecs-tasks.amazonaws.com",
          });
          const task = containers.run(definition, textOf(input.cluster) ?? "", overridesOf(input, definition));
          return { tasks: [describeTask(task)], failures: [] };
        }
        case "StopTask": {
          const arn = textOf(input.task) ?? "";
          authorize(principal, "ecs:StopTask", arn);
          if (!containers.get(arn))
            throw new ServiceError("InvalidParameterException", "The referenced task was not found.");
          void containers.stop(arn, textOf(input.reason) ?? "");
          return { task: describeTask(containers.get(arn)!) };
        }
        case "DescribeTasks": {
          const arns = stringsOf(input.tasks);
          for (const arn of arns) authorize(principal, "ecs:DescribeTasks", arn);
          const tasks = arns.map((arn) => containers.get(arn));
          return {
            tasks: tasks.filter((task) => task !== undefined).map(describeTask),
            failures: arns.filter((_, index) => !tasks[index]).map((arn) => ({ arn, reason: "MISSING" })),
          };
        }
        default:
          throw new ServiceError("UnknownOperationException", `${operation} is not served by the local stack`);
      }
    },
  };
}

function overridesOf(input: JsonObject, definition: TaskDefinition) {
  const override = listOf(objectOf(input.overrides).containerOverrides)
    .map(objectOf)
    .find(({ name }) => name === definition.containerName);
  const command = stringsOf(override?.command);
  const variables = listOf(override?.environment).map(objectOf);
  return {
    ...(command.length > 0 ? { command } : {}),
    variables: Object.fromEntries(variables.map(({ name, value }) => [String(name), String(value)])),
  };
}
