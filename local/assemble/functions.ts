import { roleFor } from "../access/roles.ts";
import { FunctionPool } from "../lambda/function-pool.ts";
import { isDeploymentHelper } from "../template/check-resources.ts";
import { numberOf, objectOf, textOf } from "../template/json.ts";
import type { Resource } from "../template/resource.ts";
import { UnsupportedTemplateError } from "../template/unsupported-template-error.ts";
import { logFile, nameOf, type Surroundings, sdkVariables } from "./surroundings.ts";

const maxEnvironments = 4;

/** The template's functions by name. */
export class Functions {
  readonly #pools: ReadonlyMap<string, FunctionPool>;

  constructor(surroundings: Surroundings) {
    const { application } = surroundings;
    const pools = application
      .ofType("AWS::Lambda::Function")
      .filter((resource) => !isDeploymentHelper(resource, application.resources))
      .map((resource) => [resource.ref, makePool(resource, surroundings)] as const);
    this.#pools = new Map(pools);
  }

  /** @param nameOrArn name, ARN, or ARN with a qualifier. */
  find(nameOrArn: string): FunctionPool | undefined {
    const name = /:function:([^:]+)/.exec(nameOrArn)?.[1] ?? nameOrArn;
    return this.#pools.get(name);
  }

  /** @throws UnsupportedTemplateError naming who asks for a function that is not there. */
  get(nameOrArn: string | undefined, asker: Resource): FunctionPool {
    const pool = this.find(nameOrArn ?? "");
    if (!pool) throw new UnsupportedTemplateError([`${nameOf(asker)}: no function ${nameOrArn} in the template`]);
    return pool;
  }

  stop(): void {
    for (const pool of this.#pools.values()) pool.stop();
  }
}

function makePool(resource: Resource, surroundings: Surroundings): FunctionPool {
  const { application, roles } = surroundings;
  const { properties, ref: name } = resource;
  const codeDirectory = application.assembly.fileAssets.get(textOf(objectOf(properties.Code).S3Key) ?? "");
  if (codeDirectory === undefined) {
    throw new UnsupportedTemplateError([`${nameOf(resource)}: its code is no asset of the assembly`]);
  }
  const arn = resource.attributes.Arn!;
  const principal = roleFor(application, roles, textOf(properties.Role), "lambda.amazonaws.com", resource);
  const variables = Object.entries(objectOf(objectOf(properties.Environment).Variables));
  const reserved = numberOf(properties.ReservedConcurrentExecutions) ?? maxEnvironments;
  return new FunctionPool(
    {
      name,
      arn,
      codeDirectory,
      handler: textOf(properties.Handler) ?? "index.handler",
      timeoutSeconds: numberOf(properties.Timeout) ?? 3,
      memoryMegabytes: numberOf(properties.MemorySize) ?? 128,
      maxEnvironments: Math.max(1, Math.min(reserved, maxEnvironments)),
      variables: {
        ...Object.fromEntries(variables.map(([key, value]) => [key, surroundings.localize(String(value))])),
        ...sdkVariables(surroundings, arn, principal),
      },
    },
    logFile(surroundings, name),
  );
}
