import { roleFor } from "../access/roles.ts";
import type { TaskDefinition } from "../ecs/task-definition.ts";
import { listOf, numberOf, objectOf, stringsOf, textOf } from "../template/json.ts";
import type { Resource } from "../template/resource.ts";
import { UnsupportedTemplateError } from "../template/unsupported-template-error.ts";
import { nameOf, type Surroundings, sdkVariables } from "./surroundings.ts";

const defaultStopSeconds = 30;

/** The template's container tasks. */
export function taskDefinitions(surroundings: Surroundings): TaskDefinition[] {
  return surroundings.application
    .ofType("AWS::ECS::TaskDefinition")
    .map((resource) => taskDefinition(resource, surroundings));
}

/** Finds a definition by family, `family:revision` or ARN. */
export function findTaskDefinition(definitions: readonly TaskDefinition[], name: string): TaskDefinition | undefined {
  return definitions.find(({ arn, family }) => arn === name || family === name || `${family}:1` === name);
}

function taskDefinition(resource: Resource, surroundings: Surroundings): TaskDefinition {
  const { application, roles } = surroundings;
  const { properties, ref: arn } = resource;
  const container = objectOf(listOf(properties.ContainerDefinitions)[0]);
  const directory = application.assembly.imageAssets.get(textOf(container.Image)?.split(":").at(-1) ?? "");
  if (directory === undefined) {
    throw new UnsupportedTemplateError([`${nameOf(resource)}: its image is no asset of the assembly`]);
  }
  const principal = roleFor(application, roles, textOf(properties.TaskRoleArn), "ecs-tasks.amazonaws.com", resource);
  const variables = listOf(container.Environment).map(objectOf);
  return {
    arn,
    family: /task-definition\/(.+):\d+$/.exec(arn)![1]!,
    containerName: textOf(container.Name) ?? "",
    directory,
    command: stringsOf(container.Command),
    variables: {
      ...Object.fromEntries(variables.map(({ Name, Value }) => [String(Name), String(Value)])),
      ...sdkVariables(surroundings, arn, principal),
    },
    memoryMegabytes: numberOf(properties.Memory) ?? 512,
    stopTimeoutSeconds: numberOf(container.StopTimeout) ?? defaultStopSeconds,
    taskRoleArn: principal.arn,
  };
}
