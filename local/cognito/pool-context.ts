import { randomBytes } from "node:crypto";
import type { Accounts } from "./accounts.ts";
import type { Challenges } from "./challenges.ts";
import type { ClientSettings } from "./client-definition.ts";
import type { GroupSettings, PoolSettings } from "./definition.ts";
import { InternalFailureError, NotAuthorizedError, ResourceNotFoundError, UserNotFoundError } from "./errors.ts";
import { type Input, text, token } from "./input.ts";
import type { PoolKeys } from "./keys.ts";
import type { Outbox } from "./outbox.ts";
import { makeVerifier, type Verifier } from "./srp.ts";
import type { PoolStore } from "./store.ts";
import { orderGroups, verifyAccessToken } from "./tokens.ts";
import type { InvokeTrigger } from "./triggers.ts";
import type { Session, User } from "./users.ts";

/** What every operation of one pool works with. */
export type PoolContext = {
  readonly poolId: string;
  readonly region: string;
  readonly arn: string;
  readonly issuer: string;
  readonly settings: PoolSettings;
  readonly store: PoolStore;
  readonly accounts: Accounts;
  readonly challenges: Challenges;
  readonly keys: PoolKeys;
  readonly outbox: Outbox;
  readonly invokeTrigger: InvokeTrigger;
  readonly triggerTimeoutMs: number | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
};

export type Operation = (context: PoolContext, input: Input) => Promise<object> | object;

/** @throws ResourceNotFoundError */
export function clientOf(context: PoolContext, input: Input): ClientSettings {
  const clientId = text(input, "ClientId");
  const client = context.settings.clients.get(clientId);
  if (client === undefined) throw new ResourceNotFoundError(`User pool client ${clientId} does not exist.`);
  return client;
}

/** The user an administrator names by e-mail address or `sub`. @throws UserNotFoundError */
export function namedUser(context: PoolContext, input: Input): User {
  const { user } = context.accounts.find(text(input, "Username"));
  if (user === undefined) throw new UserNotFoundError();
  return user;
}

/**
 * Who holds the access token of the call.
 * @throws NotAuthorizedError when it is invalid, expired or revoked, or the user is gone or disabled.
 */
export async function signedInUser(
  context: PoolContext,
  input: Input,
): Promise<{ readonly user: User; readonly client: ClientSettings; readonly session: Session }> {
  const claims = await verifyAccessToken(context.keys, context.issuer, token(input, "AccessToken"), context.now());
  const session = context.store.session(claims.sessionId);
  const user = context.store.userByUsername(claims.sub);
  const client = context.settings.clients.get(claims.clientId);
  if (session?.username !== claims.sub || client === undefined || user === undefined) {
    throw new NotAuthorizedError("Access Token has been revoked");
  }
  if (session.revoked) throw new NotAuthorizedError("Access Token has been revoked");
  if (!user.enabled) throw new NotAuthorizedError("User is disabled.");
  return { user, client, session };
}

/** What SRP calls the identity: the pool's name, then the user name. */
export function identityOf(context: PoolContext, username: string): string {
  return `${context.poolId.slice(context.poolId.indexOf("_") + 1)}${username}`;
}

export function newPassword(context: PoolContext, username: string, password: string): Verifier {
  return makeVerifier(identityOf(context, username), password, randomBytes(16).toString("hex"));
}

export function groupsOf(context: PoolContext, user: User): readonly GroupSettings[] {
  return orderGroups(user.groups.flatMap((name) => context.settings.groups.get(name) ?? []));
}

export function requireEmail(user: User): string {
  const email = user.attributes.email;
  if (email === undefined) throw new InternalFailureError(`User ${user.username} has no e-mail address`);
  return email;
}
