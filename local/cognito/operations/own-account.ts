import { asNameValues, checkAttributes } from "../attributes.ts";
import { codeContext, sendCode } from "../code-delivery.ts";
import { endCode, tryCode } from "../codes.ts";
import { InvalidParameterError, LimitExceededError, NotAuthorizedError } from "../errors.ts";
import { type Input, nameValues, text } from "../input.ts";
import { afterFailure, isLocked, noFailures } from "../lockout.ts";
import { checkPassword } from "../password-policy.ts";
import { identityOf, newPassword, type PoolContext, requireEmail, signedInUser } from "../pool-context.ts";
import { passwordMatches } from "../srp.ts";
import { allAttributes, normalEmail, type User } from "../users.ts";

export async function getUser(context: PoolContext, input: Input): Promise<object> {
  const { user, client } = await signedInUser(context, input);
  const readable = Object.entries(allAttributes(user)).filter(
    ([name]) => name === "sub" || client.readAttributes.has(name),
  );
  return { Username: user.username, UserAttributes: asNameValues(Object.fromEntries(readable)) };
}

/**
 * Changes what the client may write. A new e-mail address is unverified until its code is given; where the pool
 * keeps the former address meanwhile, the new one waits.
 */
export async function updateUserAttributes(context: PoolContext, input: Input): Promise<object> {
  const { user, client } = await signedInUser(context, input);
  const values = nameValues(input, "UserAttributes");
  if (Object.keys(values).some((name) => !client.writeAttributes.has(name))) {
    throw new NotAuthorizedError("A client attempted to write unauthorized attribute");
  }
  checkAttributes(values, context.settings.attributes, "update");
  const { email, ...rest } = values;
  const change = (current: User): User => ({
    ...current,
    attributes: { ...current.attributes, ...rest },
    modifiedAt: context.now(),
  });
  if (email === undefined || normalEmail(email) === normalEmail(requireEmail(user))) {
    await context.store.changeUser(user.username, change);
    return { CodeDeliveryDetailsList: [] };
  }
  requireFreeEmail(context, email, user);
  await context.store.changeUser(user.username, (current) => {
    const changed = { ...change(current), pendingEmail: email };
    return context.settings.keepsEmailUntilVerified ? changed : withNewEmail(changed, email, false);
  });
  if (!context.settings.verifiesEmail) return { CodeDeliveryDetailsList: [] };
  const sent = await sendCode(context, user.username, "verify-email", email);
  return { CodeDeliveryDetailsList: [sent.CodeDeliveryDetails] };
}

export async function getUserAttributeVerificationCode(context: PoolContext, input: Input): Promise<object> {
  const { user } = await signedInUser(context, input);
  requireEmailAttribute(input);
  return sendCode(context, user.username, "verify-email", user.pendingEmail ?? requireEmail(user));
}

export async function verifyUserAttribute(context: PoolContext, input: Input): Promise<object> {
  const { user } = await signedInUser(context, input);
  requireEmailAttribute(input);
  const tried = tryCode(user.codes, "verify-email", text(input, "Code"), codeContext(context, user.username));
  await context.store.changeUser(user.username, (current) => ({ ...current, codes: tried.codes }));
  if (tried.error !== undefined) throw tried.error;
  await context.store.changeUser(user.username, (current) =>
    withNewEmail(current, current.pendingEmail ?? requireEmail(current), true),
  );
  return {};
}

export async function changePassword(context: PoolContext, input: Input): Promise<object> {
  const { user } = await signedInUser(context, input);
  const previous = text(input, "PreviousPassword");
  const proposed = text(input, "ProposedPassword");
  const now = context.now();
  if (isLocked(user.lockout, now)) throw new LimitExceededError();
  checkPassword(proposed, context.settings.passwordPolicy);
  if (!passwordMatches(identityOf(context, user.username), previous, user.password)) {
    await context.store.changeUser(user.username, (current) => ({
      ...current,
      lockout: afterFailure(current.lockout, now),
    }));
    throw new NotAuthorizedError();
  }
  await context.store.changeUser(user.username, (current) => ({
    ...current,
    password: newPassword(context, current.username, proposed),
    lockout: noFailures,
    codes: endCode(current.codes, "reset-password"),
    modifiedAt: now,
  }));
  return {};
}

export async function deleteUser(context: PoolContext, input: Input): Promise<object> {
  const { user } = await signedInUser(context, input);
  await context.store.deleteUser(user.username);
  return {};
}

/** @throws AliasExistsError through the store when another user has the address by then. */
function withNewEmail(user: User, email: string, verified: boolean): User {
  return {
    ...user,
    attributes: { ...user.attributes, email, email_verified: String(verified) },
    pendingEmail: verified ? null : user.pendingEmail,
    // A code that went to the former address must not open the account of the new one.
    codes: endCode(user.codes, "reset-password"),
  };
}

function requireFreeEmail(context: PoolContext, email: string, user: User): void {
  const holder = context.store.userByEmail(email);
  if (holder !== undefined && holder.username !== user.username) {
    throw new InvalidParameterError("An account with the given email already exists.");
  }
}

function requireEmailAttribute(input: Input): void {
  if (text(input, "AttributeName") !== "email") throw new InvalidParameterError("Only email can be verified here");
}
