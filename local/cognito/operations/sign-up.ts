import { randomUUID } from "node:crypto";
import { checkAttributes, checkRequired, isEmail } from "../attributes.ts";
import { codeContext, delivery, sendCode } from "../code-delivery.ts";
import { issueCode, tryCode } from "../codes.ts";
import { InvalidParameterError, NotAuthorizedError, UserNotFoundError, UsernameExistsError } from "../errors.ts";
import { flag, type Input, nameValues, text, textMap } from "../input.ts";
import { noFailures } from "../lockout.ts";
import { checkPassword } from "../password-policy.ts";
import { clientOf, namedUser, newPassword, type PoolContext, requireEmail } from "../pool-context.ts";
import { trigger } from "../pool-triggers.ts";
import { normalEmail, type User } from "../users.ts";

export async function signUp(context: PoolContext, input: Input): Promise<object> {
  const client = clientOf(context, input);
  if (!context.settings.selfSignUp) throw new NotAuthorizedError("SignUp is not permitted for this user pool");
  const email = emailUsername(input);
  const given = nameValues(input, "UserAttributes");
  if (Object.keys(given).some((name) => !client.writeAttributes.has(name))) {
    throw new NotAuthorizedError("A client attempted to write unauthorized attribute");
  }
  const attributes = { ...withEmail(given, email), email_verified: "false" };
  checkAttributes(attributes, context.settings.attributes, "create");
  checkRequired(attributes, context.settings.attributes);
  const password = text(input, "Password");
  checkPassword(password, context.settings.passwordPolicy);
  if (context.store.userByEmail(email) !== undefined) throw new UsernameExistsError();

  const user = newUser(context, { attributes, status: "UNCONFIRMED", password, passwordExpiresAt: null });
  const clientMetadata = textMap(input, "ClientMetadata");
  const response = await trigger(context, "PreSignUp", {
    source: "PreSignUp_SignUp",
    user,
    clientId: client.clientId,
    clientMetadata,
    validationData: nameValues(input, "ValidationData"),
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  });
  if (context.store.userByEmail(email) !== undefined) throw new UsernameExistsError();
  const confirmed = response.autoConfirmUser === true;
  const email_verified = String(response.autoVerifyEmail === true);
  const status = confirmed ? "CONFIRMED" : "UNCONFIRMED";
  const added: User = { ...user, status, attributes: { ...attributes, email_verified } };
  await context.store.putUser(added);
  const result = { UserConfirmed: confirmed, UserSub: added.username };
  if (confirmed) {
    const source = "PostConfirmation_ConfirmSignUp";
    await trigger(context, "PostConfirmation", { source, user: added, clientId: client.clientId, clientMetadata });
    return result;
  }
  if (!context.settings.verifiesEmail) return result;
  return { ...result, ...(await sendCode(context, added.username, "confirm-sign-up", email)) };
}

export async function confirmSignUp(context: PoolContext, input: Input): Promise<object> {
  const client = clientOf(context, input);
  const account = context.accounts.find(text(input, "Username"));
  if (account.user === undefined && !client.preventUserExistenceErrors) {
    throw new UserNotFoundError("Username/client id combination not found.");
  }
  if (account.user !== undefined) requireUnconfirmed(account.user);
  // There is no second user of the same address here for this flag to choose between.
  flag(input, "ForceAliasCreation");
  const code = text(input, "ConfirmationCode");
  const tried = tryCode(account.guard.codes, "confirm-sign-up", code, codeContext(context, account.username));
  await context.accounts.guard(account, () => ({ codes: tried.codes }));
  if (tried.error !== undefined) throw tried.error;
  await confirm(context, account.username, client.clientId, input, true);
  return {};
}

/** An administrator's confirmation needs no code and verifies no address. */
export async function adminConfirmSignUp(context: PoolContext, input: Input): Promise<object> {
  const user = namedUser(context, input);
  requireUnconfirmed(user);
  await confirm(context, user.username, "CLIENT_ID_NOT_APPLICABLE", input, false);
  return {};
}

export async function resendConfirmationCode(context: PoolContext, input: Input): Promise<object> {
  const client = clientOf(context, input);
  const account = context.accounts.find(text(input, "Username"));
  if (account.user === undefined) {
    if (!client.preventUserExistenceErrors) throw new UserNotFoundError("Username/client id combination not found.");
    // Counts as for a user, so that the limit tells nothing; the code is told to nobody.
    const { codes } = issueCode(account.guard.codes, "confirm-sign-up", codeContext(context, account.username));
    await context.accounts.guard(account, () => ({ codes }));
    return delivery(account.alias);
  }
  if (account.user.status !== "UNCONFIRMED") throw new InvalidParameterError("User is already confirmed.");
  return sendCode(context, account.username, "confirm-sign-up", requireEmail(account.user));
}

/** The user name of a new user, which is an e-mail address. @throws InvalidParameterError */
export function emailUsername(input: Input): string {
  const email = text(input, "Username");
  if (!isEmail(email)) throw new InvalidParameterError("Username should be an email.");
  return email;
}

/** @throws InvalidParameterError when the attributes name another address than the user name. */
export function withEmail(attributes: Readonly<Record<string, string>>, email: string): Record<string, string> {
  const other = attributes.email;
  if (other !== undefined && normalEmail(other) !== normalEmail(email)) {
    throw new InvalidParameterError("The email attribute must be the same as the username.");
  }
  return { ...attributes, email: other ?? email };
}

export function newUser(
  context: PoolContext,
  about: Pick<User, "attributes" | "status" | "passwordExpiresAt"> & { readonly password: string },
): User {
  const username = randomUUID();
  const now = context.now();
  return {
    username,
    sequence: context.store.nextSequence(),
    attributes: about.attributes,
    status: about.status,
    enabled: true,
    password: newPassword(context, username, about.password),
    passwordExpiresAt: about.passwordExpiresAt,
    groups: [],
    lockout: noFailures,
    codes: {},
    pendingEmail: null,
    createdAt: now,
    modifiedAt: now,
  };
}

function requireUnconfirmed(user: User): void {
  if (user.status !== "UNCONFIRMED") {
    throw new NotAuthorizedError(`User cannot be confirmed. Current status is ${user.status}`);
  }
  if (!user.enabled) throw new NotAuthorizedError("User is disabled.");
}

/** The user is confirmed, and stays so, before the trigger runs: its failure is told to the caller all the same. */
async function confirm(
  context: PoolContext,
  username: string,
  clientId: string,
  input: Input,
  verifies: boolean,
): Promise<void> {
  const user = await context.store.changeUser(username, (current) => ({
    ...current,
    status: "CONFIRMED",
    attributes: verifies ? { ...current.attributes, email_verified: "true" } : current.attributes,
    modifiedAt: context.now(),
  }));
  await trigger(context, "PostConfirmation", {
    source: "PostConfirmation_ConfirmSignUp",
    user,
    clientId,
    clientMetadata: textMap(input, "ClientMetadata"),
  });
}
