import { join } from "node:path";
import { createUserPool, type UserPool } from "../cognito/user-pool.ts";
import { objectOf, textOf } from "../template/json.ts";
import { account, region } from "../template/physical-names.ts";
import type { Resource } from "../template/resource.ts";
import { UnsupportedTemplateError } from "../template/unsupported-template-error.ts";
import type { Functions } from "./functions.ts";
import { mayInvoke } from "./invocation-grants.ts";
import { nameOf, type Surroundings } from "./surroundings.ts";

/**
 * Opens the template's user pools.
 *
 * @throws UnsupportedTemplateError for what the local pool would not honour.
 */
export async function userPools(surroundings: Surroundings, functions: Functions): Promise<UserPool[]> {
  const pools: UserPool[] = [];
  for (const resource of surroundings.application.ofType("AWS::Cognito::UserPool")) {
    try {
      pools.push(await open(resource, surroundings, functions));
    } catch (error) {
      if (error instanceof UnsupportedTemplateError) throw error;
      throw new UnsupportedTemplateError([`${nameOf(resource)}: ${(error as Error).message}`]);
    }
  }
  return pools;
}

/** The first client of a pool. */
export function firstClientOf({ clients }: UserPool): string | undefined {
  return clients.keys().next().value;
}

function open(resource: Resource, surroundings: Surroundings, functions: Functions): Promise<UserPool> {
  const { application, dataDirectory, log } = surroundings;
  const poolId = resource.ref;
  const ofPool = (type: string): Resource[] =>
    application.ofType(type).filter(({ properties }) => textOf(properties.UserPoolId) === poolId);
  const triggers = Object.entries(objectOf(resource.properties.LambdaConfig)).map(([name, arn]) => {
    const pool = functions.get(textOf(arn), resource);
    if (!mayInvoke(application, pool.config.arn, "cognito-idp.amazonaws.com", resource.attributes.Arn!)) {
      throw new Error(`no AWS::Lambda::Permission lets it invoke ${pool.config.name}`);
    }
    return [name, pool] as const;
  });
  const byTrigger = new Map(triggers);
  return createUserPool({
    directory: join(dataDirectory, "user-pools", poolId),
    region,
    accountId: account,
    poolId,
    definition: {
      pool: resource.properties,
      clients: ofPool("AWS::Cognito::UserPoolClient").map(({ ref, properties }) => ({ clientId: ref, properties })),
      groups: ofPool("AWS::Cognito::UserPoolGroup").map(({ properties }) => properties),
    },
    async invokeTrigger(name, event) {
      const result = await byTrigger.get(name)!.invoke(JSON.stringify(event));
      const answer = JSON.parse(result.payload) as unknown;
      if (result.functionError) throw new Error((answer as { errorMessage?: string }).errorMessage ?? "unknown");
      return answer;
    },
    onMessage: ({ to, subject }, file) => log(`mail to ${to}: ${subject} (${file})`),
  });
}
