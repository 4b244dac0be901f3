import { randomUUID } from "node:crypto";
import { claimChanges } from "./claim-changes.ts";
import type { ClientSettings } from "./client-definition.ts";
import { UserNotFoundError } from "./errors.ts";
import { groupsOf, type PoolContext } from "./pool-context.ts";
import { hashRefreshToken, newRefreshToken, signTokens } from "./tokens.ts";
import type { Session } from "./users.ts";

/** Signs a user in: a session of its own, with a refresh token, and the first two tokens of it. */
export async function startSession(context: PoolContext, client: ClientSettings, username: string): Promise<object> {
  const now = context.now();
  const refreshToken = newRefreshToken();
  const refreshExpiresAt = now + client.refreshTokenSeconds * 1000;
  const session: Session = {
    id: randomUUID(),
    username,
    clientId: client.clientId,
    authTime: now,
    refreshExpiresAt,
    endsAt: refreshExpiresAt + client.accessTokenSeconds * 1000,
    revoked: false,
    tokenHash: hashRefreshToken(refreshToken),
    formerTokens: [],
  };
  await context.store.addSession(session, now);
  const result = await issueTokens(context, client, session, "TokenGeneration_Authentication");
  return { ChallengeParameters: {}, AuthenticationResult: { ...result, RefreshToken: refreshToken } };
}

/** New ID and access tokens of a session. The user is read anew: groups and attributes may have changed. */
export async function issueTokens(
  context: PoolContext,
  client: ClientSettings,
  session: Session,
  source: "TokenGeneration_Authentication" | "TokenGeneration_RefreshTokens" = "TokenGeneration_RefreshTokens",
): Promise<object> {
  const user = context.store.userByUsername(session.username);
  if (user === undefined) throw new UserNotFoundError();
  const groups = groupsOf(context, user);
  const { idToken, accessToken } = await signTokens(context.keys, context.issuer, {
    user,
    client,
    session,
    groups,
    changes: await claimChanges(context, client, user, groups, source),
    now: context.now(),
  });
  return { AccessToken: accessToken, IdToken: idToken, ExpiresIn: client.accessTokenSeconds, TokenType: "Bearer" };
}

/** Ends every sign-in of a user, with all tokens drawn from them. */
export function revokeAllSessions(context: PoolContext, username: string): Promise<void> {
  return context.store.changeSessions(
    context.store.sessionsOf(username).map((session) => ({ ...session, revoked: true })),
  );
}
