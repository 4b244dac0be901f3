import { join } from "node:path";
import { roleFor } from "../access/roles.ts";
import { checkDefinition } from "../states/check-definition.ts";
import { allStates } from "../states/definition.ts";
import { ExecutionStore } from "../states/execution-store.ts";
import { type TaskServices, taskHandler } from "../states/run-task.ts";
import { StateMachine } from "../states/state-machine.ts";
import { taskKind } from "../states/task-resources.ts";
import { type JsonObject, objectOf, textOf } from "../template/json.ts";
import type { Resource } from "../template/resource.ts";
import { UnsupportedTemplateError } from "../template/unsupported-template-error.ts";
import { nameOf, type Surroundings } from "./surroundings.ts";

/**
 * The template's state machines.
 *
 * @throws UnsupportedTemplateError for whatever in a definition would not be honoured.
 */
export function stateMachines(surroundings: Surroundings, services: TaskServices): StateMachine[] {
  const { application, dataDirectory, roles, log } = surroundings;
  const resources = application.ofType("AWS::StepFunctions::StateMachine");
  const definitions = resources.map((resource) => definitionOf(resource));
  const problems = definitions.flatMap((definition, index) =>
    [...checkDefinition(definition), ...missingTargets(definition, services)].map(
      (problem) => `${nameOf(resources[index]!)}: ${problem}`,
    ),
  );
  if (problems.length > 0) throw new UnsupportedTemplateError(problems);
  return resources.map((resource, index) => {
    const name = resource.attributes.Name!;
    const role = roleFor(application, roles, textOf(resource.properties.RoleArn), "states.amazonaws.com", resource);
    return new StateMachine(
      { name, arn: resource.ref, definition: definitions[index]!, log },
      new ExecutionStore(join(dataDirectory, "executions", name)),
      taskHandler(role, services),
    );
  });
}

function definitionOf(resource: Resource): JsonObject {
  const { DefinitionString, DefinitionSubstitutions } = resource.properties;
  const text = (textOf(DefinitionString) ?? "").replace(
    /\$\{(\w+)\}/g,
    (whole, name: string) => textOf(objectOf(DefinitionSubstitutions)[name]) ?? whole,
  );
  try {
    return JSON.parse(text) as JsonObject;
  } catch (cause) {
    throw new UnsupportedTemplateError([
      `${nameOf(resource)}: its definition is not JSON: ${(cause as Error).message}`,
    ]);
  }
}

/** Functions and tasks that a definition names and the template does not have. */
function missingTargets(definition: JsonObject, services: TaskServices): string[] {
  return allStates(definition).flatMap(({ name, state }) => {
    const parameters = objectOf(state.Parameters);
    const kind = taskKind(textOf(state.Resource) ?? "");
    const target = {
      "lambda:invoke": textOf(parameters.FunctionName),
      "lambda-function": textOf(state.Resource),
      "ecs:runTask.sync": textOf(parameters.TaskDefinition),
      "sns:publish": undefined,
    }[kind ?? "sns:publish"];
    if (target === undefined) return [];
    const found = kind === "ecs:runTask.sync" ? services.taskDefinitionOf(target) : services.functionOf(target);
    return found ? [] : [`state ${name}: there is no ${target}`];
  });
}
