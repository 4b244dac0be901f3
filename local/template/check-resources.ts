import { type Json, listOf, objectOf, textOf } from "./json.ts";
import type { Resource } from "./resource.ts";
import { resourceType } from "./resource-types.ts";

/** All that the local stack would have to leave out of these resources, one sentence each. */
export function checkResources(resources: readonly Resource[]): string[] {
  const problems: string[] = [];
  for (const resource of resources) {
    const at = `${resource.type} ${resource.stack}/${resource.logicalId}`;
    const type = resourceType(resource.type);
    if (!type) {
      problems.push(`${at}: this type of resource is not known here`);
      continue;
    }
    if ("inert" in type || isDeploymentHelper(resource, resources)) continue;
    for (const property of Object.keys(resource.properties)) {
      if ("checkedBy" in type || type.honoured.includes(property) || property in type.withoutEffect) continue;
      problems.push(`${at}: property ${property} is not honoured here`);
    }
    problems.push(...valueProblems(resource).map((problem) => `${at}: ${problem}`));
  }
  return problems;
}

/** A function that only serves custom resources runs at deployment, never locally. */
export function isDeploymentHelper(resource: Resource, resources: readonly Resource[]): boolean {
  return (
    resource.type === "AWS::Lambda::Function" &&
    resources.some(
      ({ type, properties }) =>
        type.startsWith("Custom::") && textOf(properties.ServiceToken) === resource.attributes.Arn,
    )
  );
}

/** Expected values of properties that have only one value the local stack can honour. */
const onlyValues: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "AWS::StepFunctions::StateMachine": { StateMachineType: ["STANDARD"] },
  "AWS::Events::Rule": { EventBusName: ["default"], State: ["ENABLED", "DISABLED"] },
  "AWS::ApiGatewayV2::Api": { ProtocolType: ["HTTP"] },
  "AWS::ApiGatewayV2::Integration": { IntegrationType: ["AWS_PROXY"], PayloadFormatVersion: ["2.0"] },
  "AWS::ApiGatewayV2::Route": { AuthorizationType: ["NONE", "JWT"] },
  "AWS::ApiGatewayV2::Authorizer": { AuthorizerType: ["JWT"] },
  "AWS::ApiGatewayV2::Stage": { StageName: ["$default"] },
  "AWS::DynamoDB::Table": { BillingMode: ["PAY_PER_REQUEST", "PROVISIONED"] },
  "AWS::Lambda::Permission": { Action: ["lambda:InvokeFunction"] },
};

function valueProblems({ type, properties }: Resource): string[] {
  const problems: string[] = [];
  for (const [property, allowed] of Object.entries(onlyValues[type] ?? {})) {
    const value = textOf(properties[property]);
    if (value !== undefined && !allowed.includes(value)) {
      problems.push(`property ${property} is ${value}; here it can be ${allowed.join(" or ")}`);
    }
  }
  if (type === "AWS::Lambda::Function" && !/^nodejs(22|24)\.x$/.test(textOf(properties.Runtime) ?? "")) {
    problems.push(`property Runtime is ${textOf(properties.Runtime)}; here it can be nodejs22.x or nodejs24.x`);
  }
  if (type === "AWS::DynamoDB::GlobalTable" && listOf(properties.Replicas).length > 1) {
    problems.push("property Replicas names several regions; here there is one");
  }
  if (type === "AWS::ApiGatewayV2::Stage" && Object.keys(objectOf(properties.RouteSettings)).length > 0) {
    problems.push("property RouteSettings: throttling of single routes is not honoured here");
  }
  if (type === "AWS::Lambda::EventInvokeConfig" && objectOf(properties.DestinationConfig).OnSuccess !== undefined) {
    problems.push("property DestinationConfig: OnSuccess is not honoured here");
  }
  if (type === "AWS::Events::Rule") problems.push(...listOf(properties.Targets).flatMap(targetProblems));
  if (type === "AWS::ECS::TaskDefinition") problems.push(...containerProblems(properties.ContainerDefinitions));
  return problems;
}

const targetFields = [
  "Arn",
  "Id",
  "RoleArn",
  "DeadLetterConfig",
  "RetryPolicy",
  "Input",
  "InputPath",
  "InputTransformer",
];

function targetProblems(target: Json): string[] {
  return Object.keys(objectOf(target))
    .filter((field) => !targetFields.includes(field))
    .map((field) => `property Targets: ${field} of a target is not honoured here`);
}

const containerFields = [
  "Command",
  "Cpu",
  "Environment",
  "Essential",
  "Image",
  "LinuxParameters",
  "LogConfiguration",
  "Memory",
  "MemoryReservation",
  "MountPoints",
  "Name",
  "Privileged",
  "ReadonlyRootFilesystem",
  "StopTimeout",
  "Ulimits",
  "User",
  "VersionConsistency",
];

function containerProblems(containers: Json | undefined): string[] {
  if (listOf(containers).length !== 1) return ["property ContainerDefinitions: here a task has one container"];
  const container = objectOf(listOf(containers)[0]);
  const unknown = Object.keys(container).filter((field) => !containerFields.includes(field));
  const problems = unknown.map(
    (field) => `property ContainerDefinitions: ${field} of a container is not honoured here`,
  );
  if (listOf(container.Command).length === 0) problems.push("property ContainerDefinitions: Command must be given");
  return problems;
}
