import { UnauthorizedError, UnsupportedOperationError, UnsupportedTokenTypeError } from "../errors.ts";
import { type Input, token } from "../input.ts";
import { clientOf, namedUser, type PoolContext, signedInUser } from "../pool-context.ts";
import { revokeAllSessions } from "../sessions.ts";
import { hashRefreshToken } from "../tokens.ts";

export async function globalSignOut(context: PoolContext, input: Input): Promise<object> {
  const { user } = await signedInUser(context, input);
  await revokeAllSessions(context, user.username);
  return {};
}

export async function adminUserGlobalSignOut(context: PoolContext, input: Input): Promise<object> {
  await revokeAllSessions(context, namedUser(context, input).username);
  return {};
}

/** Revokes a refresh token and every access token drawn from it; a token that is gone already is no error. */
export async function revokeToken(context: PoolContext, input: Input): Promise<object> {
  const client = clientOf(context, input);
  if (!client.tokenRevocation) throw new UnsupportedOperationError("Token revocation is not enabled for this client");
  const refreshToken = token(input, "Token");
  if (refreshToken.split(".").length === 3) throw new UnsupportedTokenTypeError();
  const session = context.store.sessionByToken(hashRefreshToken(refreshToken));
  if (session === undefined) return {};
  if (session.clientId !== client.clientId) throw new UnauthorizedError("The token was issued to another client");
  await context.store.changeSessions([{ ...session, revoked: true }]);
  return {};
}
