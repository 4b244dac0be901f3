import type { Account } from "../accounts.ts";
import { checkAttributes, checkRequired } from "../attributes.ts";
import type { ClientSettings } from "../client-definition.ts";
import {
  InvalidParameterError,
  NotAuthorizedError,
  PasswordResetRequiredError,
  UnsupportedOperationError,
  UserNotConfirmedError,
  UserNotFoundError,
} from "../errors.ts";
import { type Input, optionalText, text, textMap } from "../input.ts";
import { afterFailure, afterRefusal, isLocked, noFailures } from "../lockout.ts";
import { checkPassword } from "../password-policy.ts";
import { clientOf, identityOf, newPassword, type PoolContext } from "../pool-context.ts";
import { startSession } from "../sessions.ts";
import { answer, passwordMatches, proofMatches } from "../srp.ts";
import { isCurrentTimestamp } from "../srp-timestamp.ts";
import type { User } from "../users.ts";
import { refresh } from "./refresh.ts";

export async function initiateAuth(context: PoolContext, input: Input): Promise<object> {
  const client = clientOf(context, input);
  const flow = text(input, "AuthFlow");
  const parameters = textMap(input, "AuthParameters");
  switch (flow) {
    case "USER_SRP_AUTH":
      requireFlow(client, flow);
      return startSrp(context, client, parameters);
    case "USER_PASSWORD_AUTH":
      requireFlow(client, flow);
      return signInWithPassword(context, client, parameters);
    case "REFRESH_TOKEN_AUTH":
    case "REFRESH_TOKEN":
      requireFlow(client, "REFRESH_TOKEN_AUTH");
      return refresh(context, client, text(parameters, "REFRESH_TOKEN"));
    default:
      throw new UnsupportedOperationError(`The authentication flow ${flow} is not served here`);
  }
}

export function respondToAuthChallenge(context: PoolContext, input: Input): Promise<object> {
  const client = clientOf(context, input);
  const responses = textMap(input, "ChallengeResponses");
  const name = text(input, "ChallengeName");
  if (name === "PASSWORD_VERIFIER") return provePassword(context, client, responses);
  if (name === "NEW_PASSWORD_REQUIRED") {
    return replaceTemporaryPassword(context, client, responses, optionalText(input, "Session") ?? "");
  }
  throw new UnsupportedOperationError(`The challenge ${name} is not served here`);
}

function requireFlow(
  client: ClientSettings,
  flow: "USER_SRP_AUTH" | "USER_PASSWORD_AUTH" | "REFRESH_TOKEN_AUTH",
): void {
  if (!client.authFlows.has(flow)) throw new InvalidParameterError(`${flow} flow not enabled for this client`);
}

async function startSrp(context: PoolContext, client: ClientSettings, parameters: Input): Promise<object> {
  const account = accountOf(context, client, text(parameters, "USERNAME"));
  const clientPublic = text(parameters, "SRP_A");
  if (isLocked(account.guard.lockout, context.now())) return refuseLocked(context, account);
  const handshake = answer(clientPublic, account.password);
  if (handshake === undefined) throw new InvalidParameterError("Invalid SRP_A");
  const handle = context.challenges.add(
    {
      kind: "PASSWORD_VERIFIER",
      clientId: client.clientId,
      alias: account.alias,
      username: account.username,
      key: handshake.key,
    },
    context.now() + client.challengeSeconds * 1000,
  );
  return {
    ChallengeName: "PASSWORD_VERIFIER",
    ChallengeParameters: {
      SALT: account.password.salt,
      SECRET_BLOCK: handle,
      SRP_B: handshake.serverPublic,
      USERNAME: account.username,
      USER_ID_FOR_SRP: account.username,
    },
  };
}

async function provePassword(context: PoolContext, client: ClientSettings, responses: Input): Promise<object> {
  const secretBlock = text(responses, "PASSWORD_CLAIM_SECRET_BLOCK");
  const signature = text(responses, "PASSWORD_CLAIM_SIGNATURE");
  const timestamp = text(responses, "TIMESTAMP");
  const username = text(responses, "USERNAME");
  const now = context.now();
  const challenge = context.challenges.take(secretBlock, "PASSWORD_VERIFIER", now);
  if (challenge === undefined || challenge.clientId !== client.clientId) throw new NotAuthorizedError();
  if (username !== challenge.username && username !== challenge.alias) throw new NotAuthorizedError();
  if (!isCurrentTimestamp(timestamp, now)) throw new NotAuthorizedError();
  const account = accountOf(context, client, challenge.alias);
  if (isLocked(account.guard.lockout, now)) return refuseLocked(context, account);
  const identity = identityOf(context, challenge.username);
  const proven = proofMatches(challenge.key, { identity, secretBlock, timestamp }, signature);
  return admit(context, client, account, proven);
}

async function signInWithPassword(context: PoolContext, client: ClientSettings, parameters: Input): Promise<object> {
  const account = accountOf(context, client, text(parameters, "USERNAME"));
  const password = text(parameters, "PASSWORD");
  if (isLocked(account.guard.lockout, context.now())) return refuseLocked(context, account);
  const proven = passwordMatches(identityOf(context, account.username), password, account.password);
  return admit(context, client, account, proven);
}

function accountOf(context: PoolContext, client: ClientSettings, alias: string): Account {
  const account = context.accounts.find(alias);
  if (account.user === undefined && !client.preventUserExistenceErrors) throw new UserNotFoundError();
  return account;
}

async function refuseLocked(context: PoolContext, account: Account): Promise<never> {
  await context.accounts.guard(account, ({ lockout }) => ({ lockout: afterRefusal(lockout, context.now()) }));
  throw new NotAuthorizedError("Password attempts exceeded");
}

/** What follows once it is known whether the password was right; only who knew it learns the user's state. */
async function admit(context: PoolContext, client: ClientSettings, account: Account, proven: boolean): Promise<object> {
  const { user } = account;
  if (!proven || user === undefined) {
    await context.accounts.guard(account, ({ lockout }) => ({ lockout: afterFailure(lockout, context.now()) }));
    throw new NotAuthorizedError();
  }
  if (user.lockout.failures > 0) await context.accounts.guard(account, () => ({ lockout: noFailures }));
  if (!user.enabled) throw new NotAuthorizedError("User is disabled.");
  switch (user.status) {
    case "UNCONFIRMED":
      throw new UserNotConfirmedError();
    case "RESET_REQUIRED":
      throw new PasswordResetRequiredError();
    case "FORCE_CHANGE_PASSWORD":
      return demandNewPassword(context, client, user);
    case "CONFIRMED":
      return startSession(context, client, user.username);
  }
}

function demandNewPassword(context: PoolContext, client: ClientSettings, user: User): object {
  requireFreshPassword(context, user);
  const { clientId } = client;
  const handle = context.challenges.add(
    { kind: "NEW_PASSWORD_REQUIRED", clientId, username: user.username },
    context.now() + client.challengeSeconds * 1000,
  );
  const readable = Object.entries(user.attributes).filter(([name]) => client.readAttributes.has(name));
  const missing = [...context.settings.attributes.values()].filter(
    ({ name, required }) => required && (user.attributes[name] ?? "") === "",
  );
  return {
    ChallengeName: "NEW_PASSWORD_REQUIRED",
    Session: handle,
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.username,
      userAttributes: JSON.stringify(Object.fromEntries(readable)),
      requiredAttributes: JSON.stringify(missing.map(({ name }) => `userAttributes.${name}`)),
    },
  };
}

function requireFreshPassword(context: PoolContext, user: User): void {
  if (user.passwordExpiresAt !== null && context.now() >= user.passwordExpiresAt) {
    throw new NotAuthorizedError("Temporary password has expired and must be reset by an administrator.");
  }
}

/** The session survives a password that the policy refuses, and ends with one that it accepts. */
async function replaceTemporaryPassword(
  context: PoolContext,
  client: ClientSettings,
  responses: Readonly<Record<string, string>>,
  handle: string,
): Promise<object> {
  const now = context.now();
  const challenge = context.challenges.peek(handle, "NEW_PASSWORD_REQUIRED", now);
  const user = challenge === undefined ? undefined : context.store.userByUsername(challenge.username);
  if (challenge?.clientId !== client.clientId || user === undefined) {
    throw new NotAuthorizedError("Invalid session for the user.");
  }
  if (context.accounts.find(text(responses, "USERNAME")).username !== user.username) {
    throw new NotAuthorizedError("Invalid session for the user.");
  }
  if (!user.enabled) throw new NotAuthorizedError("User is disabled.");
  if (user.status !== "FORCE_CHANGE_PASSWORD") throw new NotAuthorizedError("Invalid session for the user.");
  requireFreshPassword(context, user);
  const password = text(responses, "NEW_PASSWORD");
  checkPassword(password, context.settings.passwordPolicy);
  const added = addedAttributes(responses);
  if (Object.keys(added).some((name) => !client.writeAttributes.has(name))) {
    throw new NotAuthorizedError("A client attempted to write unauthorized attribute");
  }
  if (added.email !== undefined && added.email !== user.attributes.email) {
    throw new InvalidParameterError("Cannot modify an already provided email");
  }
  checkAttributes(added, context.settings.attributes, "update");
  checkRequired({ ...user.attributes, ...added }, context.settings.attributes);
  context.challenges.take(handle, "NEW_PASSWORD_REQUIRED", now);
  await context.store.changeUser(user.username, (current) => ({
    ...current,
    attributes: { ...current.attributes, ...added },
    password: newPassword(context, user.username, password),
    passwordExpiresAt: null,
    status: "CONFIRMED",
    modifiedAt: now,
  }));
  return startSession(context, client, user.username);
}

function addedAttributes(responses: Readonly<Record<string, string>>): Record<string, string> {
  const prefix = "userAttributes.";
  const entries = Object.entries(responses).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(entries.map(([name, value]) => [name.slice(prefix.length), value]));
}
