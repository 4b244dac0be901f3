import { z } from "zod";
import type { ClientSettings } from "./client-definition.ts";
import type { GroupSettings } from "./definition.ts";
import { InvalidLambdaResponseError } from "./errors.ts";
import type { PoolContext } from "./pool-context.ts";
import { trigger } from "./pool-triggers.ts";
import type { TriggerEvent } from "./triggers.ts";
import type { User } from "./users.ts";

/** What a function changes in the tokens that are about to be signed. */
export interface ClaimChanges {
  /** Of the ID token only. */
  readonly claims: Readonly<Record<string, string>>;
  readonly suppressed: readonly string[];
  /** Names of groups in both tokens, instead of the user's own. */
  readonly groups: readonly string[] | undefined;
}

/** Claims that Cognito lets nobody change. */
const reserved =
  /^(acr|amr|at_hash|aud|auth_time|azp|exp|iat|iss|jti|nbf|nonce|origin_jti|sub|token_use|(cognito|dev):.*)$/;

const Details = z.object({
  claimsOverrideDetails: z
    .strictObject({
      claimsToAddOrOverride: z.record(z.string(), z.string()).nullish(),
      claimsToSuppress: z.array(z.string()).nullish(),
      groupOverrideDetails: z
        .strictObject({
          groupsToOverride: z.array(z.string()).nullish(),
          iamRolesToOverride: z.array(z.string()).max(0).nullish(),
          preferredRole: z.null().optional(),
        })
        .nullish(),
    })
    .nullish(),
});

/**
 * Asks the template's function before tokens, with the event of version 1.
 * @throws InvalidLambdaResponseError for a change that is not made here: IAM roles are not.
 */
export async function claimChanges(
  context: PoolContext,
  client: ClientSettings,
  user: User,
  groups: readonly GroupSettings[],
  source: TriggerEvent["triggerSource"],
): Promise<ClaimChanges> {
  const answer = await trigger(context, "PreTokenGeneration", {
    source,
    user,
    clientId: client.clientId,
    clientMetadata: {},
    groupConfiguration: {
      groupsToOverride: groups.map(({ name }) => name),
      iamRolesToOverride: [],
      preferredRole: null,
    },
    response: { claimsOverrideDetails: null },
  });
  const parsed = Details.safeParse(answer);
  if (!parsed.success) throw new InvalidLambdaResponseError();
  const details = parsed.data.claimsOverrideDetails;
  const free = Object.entries(details?.claimsToAddOrOverride ?? {}).filter(([name]) => !reserved.test(name));
  return {
    claims: Object.fromEntries(free),
    suppressed: (details?.claimsToSuppress ?? []).filter((name) => !reserved.test(name)),
    groups: details?.groupOverrideDetails?.groupsToOverride ?? undefined,
  };
}
