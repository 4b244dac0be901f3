import type { ClientSettings } from "../client-definition.ts";
import { NotAuthorizedError, RefreshTokenReuseError } from "../errors.ts";
import { type Input, token } from "../input.ts";
import { clientOf, type PoolContext } from "../pool-context.ts";
import { issueTokens } from "../sessions.ts";
import { hashRefreshToken, newRefreshToken } from "../tokens.ts";
import type { Session } from "../users.ts";

const mostFormerTokens = 20;

export function getTokensFromRefreshToken(context: PoolContext, input: Input): Promise<object> {
  return refresh(context, clientOf(context, input), token(input, "RefreshToken"));
}

/**
 * New ID and access tokens for a refresh token, and with rotation a new refresh token that lives as long as the
 * first one would have.
 * @throws NotAuthorizedError when the token is unknown, expired, revoked or another client's;
 * RefreshTokenReuseError when rotation replaced it.
 */
export async function refresh(context: PoolContext, client: ClientSettings, refreshToken: string): Promise<object> {
  const now = context.now();
  const hash = hashRefreshToken(refreshToken);
  const session = context.store.sessionByToken(hash);
  if (session === undefined || session.clientId !== client.clientId) {
    throw new NotAuthorizedError("Invalid Refresh Token");
  }
  requireUsable(context, session, hash, now);
  if (client.rotationGraceSeconds === undefined) {
    return { ChallengeParameters: {}, AuthenticationResult: await issueTokens(context, client, session) };
  }
  const renewed = newRefreshToken();
  const validUntil = now + client.rotationGraceSeconds * 1000;
  const formerTokens = [...session.formerTokens, { hash: session.tokenHash, validUntil }].slice(-mostFormerTokens);
  const rotated: Session = { ...session, tokenHash: hashRefreshToken(renewed), formerTokens };
  await context.store.changeSessions([rotated]);
  const result = await issueTokens(context, client, rotated);
  return { AuthenticationResult: { ...result, RefreshToken: renewed } };
}

function requireUsable(context: PoolContext, session: Session, hash: string, now: number): void {
  if (session.revoked) throw new NotAuthorizedError("Refresh Token has been revoked");
  if (now >= session.refreshExpiresAt) throw new NotAuthorizedError("Refresh Token has expired");
  const former = session.formerTokens.find((token) => token.hash === hash);
  if (former !== undefined && now >= former.validUntil) throw new RefreshTokenReuseError();
  const user = context.store.userByUsername(session.username);
  if (user === undefined) throw new NotAuthorizedError("Invalid Refresh Token");
  if (!user.enabled) throw new NotAuthorizedError("User is disabled.");
}
