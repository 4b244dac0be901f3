import type { PoolContext } from "./pool-context.ts";
import { runTrigger, type TriggerEvent, type TriggerName } from "./triggers.ts";
import { allAttributes, type User } from "./users.ts";

/**
 * Runs a trigger of the template, if it configures one.
 * @returns the response part of the event; empty where no function is configured.
 */
export function trigger(
  context: PoolContext,
  name: TriggerName,
  about: {
    readonly source: TriggerEvent["triggerSource"];
    readonly user: User;
    readonly clientId: string;
    readonly clientMetadata: Readonly<Record<string, string>>;
    readonly validationData?: Readonly<Record<string, string>>;
    readonly groupConfiguration?: TriggerEvent["request"]["groupConfiguration"];
    readonly response?: Readonly<Record<string, unknown>>;
  },
): Promise<Readonly<Record<string, unknown>>> | Readonly<Record<string, unknown>> {
  if (context.settings.triggers[name] === undefined) return {};
  const { clientMetadata, validationData, groupConfiguration } = about;
  const event: TriggerEvent = {
    version: "1",
    triggerSource: about.source,
    region: context.region,
    userPoolId: context.poolId,
    userName: about.user.username,
    callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: about.clientId },
    request: {
      userAttributes: triggerAttributes(name, about.user),
      ...(name === "PreSignUp" ? { validationData: validationData ?? null } : {}),
      ...(groupConfiguration && { groupConfiguration }),
      ...(Object.keys(clientMetadata).length === 0 ? {} : { clientMetadata }),
    },
    response: about.response ?? {},
  };
  return runTrigger(context.invokeTrigger, name, event, context.triggerTimeoutMs);
}

function triggerAttributes(name: TriggerName, user: User): Record<string, string> {
  if (name === "PreSignUp") return { ...user.attributes };
  return {
    ...allAttributes(user),
    "cognito:user_status": user.status,
    "cognito:email_alias": user.attributes.email ?? "",
  };
}
