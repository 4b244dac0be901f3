import { codeContext, delivery, sendCode } from "../code-delivery.ts";
import { issueCode, tryCode } from "../codes.ts";
import { InvalidParameterError, NotAuthorizedError, UserNotFoundError } from "../errors.ts";
import { type Input, text, textMap } from "../input.ts";
import { noFailures } from "../lockout.ts";
import { checkPassword } from "../password-policy.ts";
import { clientOf, namedUser, newPassword, type PoolContext, requireEmail } from "../pool-context.ts";
import { trigger } from "../pool-triggers.ts";
import { emailVerified } from "../users.ts";

const noWayToSend = "Cannot reset password for the user as there is no registered/verified email or phone_number";

export async function forgotPassword(context: PoolContext, input: Input): Promise<object> {
  const client = clientOf(context, input);
  const account = context.accounts.find(text(input, "Username"));
  const { user } = account;
  if (user === undefined && !client.preventUserExistenceErrors) throw new UserNotFoundError();
  if (user === undefined || !user.enabled || !emailVerified(user)) {
    if (!client.preventUserExistenceErrors) {
      throw user?.enabled === false
        ? new NotAuthorizedError("User is disabled.")
        : new InvalidParameterError(noWayToSend);
    }
    // Counts as for a user who gets one, so that the limit tells nothing; the code is told to nobody.
    const { codes } = issueCode(account.guard.codes, "reset-password", codeContext(context, account.username));
    await context.accounts.guard(account, () => ({ codes }));
    return delivery(user === undefined ? account.alias : requireEmail(user));
  }
  if (user.status === "FORCE_CHANGE_PASSWORD") {
    throw new NotAuthorizedError("User password cannot be reset in the current state.");
  }
  return sendCode(context, user.username, "reset-password", requireEmail(user));
}

export async function confirmForgotPassword(context: PoolContext, input: Input): Promise<object> {
  const client = clientOf(context, input);
  const account = context.accounts.find(text(input, "Username"));
  if (account.user === undefined && !client.preventUserExistenceErrors) throw new UserNotFoundError();
  const password = text(input, "Password");
  checkPassword(password, context.settings.passwordPolicy);
  const code = text(input, "ConfirmationCode");
  const tried = tryCode(account.guard.codes, "reset-password", code, codeContext(context, account.username));
  await context.accounts.guard(account, () => ({ codes: tried.codes }));
  if (tried.error !== undefined) throw tried.error;
  const user = await context.store.changeUser(account.username, (current) => ({
    ...current,
    status: "CONFIRMED",
    password: newPassword(context, current.username, password),
    passwordExpiresAt: null,
    lockout: noFailures,
    modifiedAt: context.now(),
  }));
  await trigger(context, "PostConfirmation", {
    source: "PostConfirmation_ConfirmForgotPassword",
    user,
    clientId: client.clientId,
    clientMetadata: textMap(input, "ClientMetadata"),
  });
  return {};
}

/** The password stops working until the user sets a new one with the code that is sent. */
export async function adminResetUserPassword(context: PoolContext, input: Input): Promise<object> {
  const user = namedUser(context, input);
  if (!emailVerified(user)) throw new InvalidParameterError(noWayToSend);
  if (user.status !== "CONFIRMED" && user.status !== "RESET_REQUIRED") {
    throw new NotAuthorizedError("User password cannot be reset in the current state.");
  }
  await context.store.changeUser(user.username, (current) => ({
    ...current,
    status: "RESET_REQUIRED",
    modifiedAt: context.now(),
  }));
  await sendCode(context, user.username, "reset-password", requireEmail(user));
  return {};
}
