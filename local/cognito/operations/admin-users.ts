import { asNameValues, checkAttributes, checkRequired } from "../attributes.ts";
import { endCode } from "../codes.ts";
import { InvalidParameterError, UnsupportedOperationError, UsernameExistsError } from "../errors.ts";
import { flag, type Input, nameValues, optionalText, text, textMap } from "../input.ts";
import { noFailures } from "../lockout.ts";
import { fillTemplate } from "../outbox.ts";
import { checkPassword, temporaryPassword } from "../password-policy.ts";
import { namedUser, newPassword, type PoolContext, requireEmail } from "../pool-context.ts";
import { trigger } from "../pool-triggers.ts";
import { revokeAllSessions } from "../sessions.ts";
import { describeUser } from "../user-description.ts";
import { allAttributes, type User } from "../users.ts";
import { emailUsername, newUser, withEmail } from "./sign-up.ts";

export async function adminCreateUser(context: PoolContext, input: Input): Promise<object> {
  const email = emailUsername(input);
  const action = optionalText(input, "MessageAction");
  if (action !== undefined && action !== "RESEND" && action !== "SUPPRESS") {
    throw new InvalidParameterError("MessageAction must be RESEND or SUPPRESS");
  }
  const policy = context.settings.passwordPolicy;
  const password = optionalText(input, "TemporaryPassword") ?? temporaryPassword(policy);
  checkPassword(password, policy);
  const existing = context.store.userByEmail(email);
  if (action === "RESEND") return resendInvitation(context, existing, password);
  if (existing !== undefined) throw new UsernameExistsError();

  const attributes = { email_verified: "false", ...withEmail(nameValues(input, "UserAttributes"), email) };
  checkAttributes(attributes, context.settings.attributes, "create");
  checkRequired(attributes, context.settings.attributes);
  const user = newUser(context, {
    attributes,
    status: "FORCE_CHANGE_PASSWORD",
    password,
    passwordExpiresAt: temporaryPasswordEnd(context),
  });
  await trigger(context, "PreSignUp", {
    source: "PreSignUp_AdminCreateUser",
    user,
    clientId: "CLIENT_ID_NOT_APPLICABLE",
    clientMetadata: textMap(input, "ClientMetadata"),
    validationData: nameValues(input, "ValidationData"),
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  });
  if (context.store.userByEmail(email) !== undefined) throw new UsernameExistsError();
  await context.store.putUser(user);
  if (action !== "SUPPRESS") await sendInvitation(context, user, password);
  return { User: describeUser(user) };
}

async function resendInvitation(context: PoolContext, user: User | undefined, password: string): Promise<object> {
  if (user === undefined) throw new InvalidParameterError("User does not exist.");
  if (user.status !== "FORCE_CHANGE_PASSWORD") {
    throw new UnsupportedOperationError("Resend not possible. User status is not FORCE_CHANGE_PASSWORD");
  }
  const renewed = await context.store.changeUser(user.username, (current) => ({
    ...current,
    password: newPassword(context, current.username, password),
    passwordExpiresAt: temporaryPasswordEnd(context),
    modifiedAt: context.now(),
  }));
  await sendInvitation(context, renewed, password);
  return { User: describeUser(renewed) };
}

async function sendInvitation(context: PoolContext, user: User, password: string): Promise<void> {
  const { subject, body } = context.settings.invitationMessage;
  const to = requireEmail(user);
  const values = { code: password, username: to };
  await context.outbox.send({
    kind: "invitation",
    to,
    username: user.username,
    subject: fillTemplate(subject, values),
    body: fillTemplate(body, values),
    secret: password,
    sentAt: new Date(context.now()).toISOString(),
  });
}

function temporaryPasswordEnd(context: PoolContext): number {
  return context.now() + context.settings.passwordPolicy.temporaryPasswordValidityDays * 86_400_000;
}

export function adminGetUser(context: PoolContext, input: Input): object {
  const user = namedUser(context, input);
  const { Attributes: _, ...description } = describeUser(user);
  return { ...description, UserAttributes: asNameValues(allAttributes(user)) };
}

export async function adminSetUserPassword(context: PoolContext, input: Input): Promise<object> {
  const user = namedUser(context, input);
  const password = text(input, "Password");
  const permanent = flag(input, "Permanent");
  checkPassword(password, context.settings.passwordPolicy);
  await context.store.changeUser(user.username, (current) => ({
    ...current,
    password: newPassword(context, current.username, password),
    passwordExpiresAt: permanent ? null : temporaryPasswordEnd(context),
    status: permanent ? "CONFIRMED" : "FORCE_CHANGE_PASSWORD",
    lockout: noFailures,
    codes: endCode(current.codes, "reset-password"),
    modifiedAt: context.now(),
  }));
  return {};
}

export async function adminUpdateUserAttributes(context: PoolContext, input: Input): Promise<object> {
  const user = namedUser(context, input);
  const values = nameValues(input, "UserAttributes");
  checkAttributes(values, context.settings.attributes, "update");
  const movesAway = values.email !== undefined && values.email !== user.attributes.email;
  const unverified = movesAway && values.email_verified === undefined ? { email_verified: "false" } : {};
  await context.store.changeUser(user.username, (current) => ({
    ...current,
    attributes: { ...current.attributes, ...unverified, ...values },
    codes: movesAway ? endCode(current.codes, "reset-password") : current.codes,
    pendingEmail: movesAway ? null : current.pendingEmail,
    modifiedAt: context.now(),
  }));
  return {};
}

/** A disabled user cannot sign in, and what was signed in ends. */
export async function adminDisableUser(context: PoolContext, input: Input): Promise<object> {
  const user = namedUser(context, input);
  await setEnabled(context, user, false);
  await revokeAllSessions(context, user.username);
  return {};
}

export async function adminEnableUser(context: PoolContext, input: Input): Promise<object> {
  await setEnabled(context, namedUser(context, input), true);
  return {};
}

async function setEnabled(context: PoolContext, user: User, enabled: boolean): Promise<void> {
  await context.store.changeUser(user.username, (current) => ({ ...current, enabled, modifiedAt: context.now() }));
}

export async function adminDeleteUser(context: PoolContext, input: Input): Promise<object> {
  await context.store.deleteUser(namedUser(context, input).username);
  return {};
}
