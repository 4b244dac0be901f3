import { createHash, randomBytes, randomUUID } from "node:crypto";
import { errors, jwtVerify, SignJWT } from "jose";
import type { ClaimChanges } from "./claim-changes.ts";
import type { ClientSettings } from "./client-definition.ts";
import type { GroupSettings } from "./definition.ts";
import { NotAuthorizedError } from "./errors.ts";
import type { PoolKeys } from "./keys.ts";
import { allAttributes, type Session, type User } from "./users.ts";

export type AccessClaims = { readonly sub: string; readonly sessionId: string; readonly clientId: string };

/** Both tokens of one sign-in or refresh, RS256. `groups`: those of the user, most important first. */
export async function signTokens(
  keys: PoolKeys,
  issuer: string,
  about: {
    readonly user: User;
    readonly client: ClientSettings;
    readonly session: Session;
    readonly groups: readonly GroupSettings[];
    readonly changes: ClaimChanges;
    readonly now: number;
  },
): Promise<{ readonly idToken: string; readonly accessToken: string }> {
  const { user, client, session, groups, changes } = about;
  const groupNames = changes.groups ?? groups.map(({ name }) => name);
  const issuedAt = Math.floor(about.now / 1000);
  const shared = {
    sub: user.username,
    iss: issuer,
    origin_jti: session.id,
    event_id: randomUUID(),
    auth_time: Math.floor(session.authTime / 1000),
    iat: issuedAt,
    ...(groupNames.length === 0 ? {} : { "cognito:groups": groupNames }),
  };
  const sign = (claims: Readonly<Record<string, unknown>>) =>
    new SignJWT({ ...shared, ...claims, jti: randomUUID() })
      .setProtectedHeader({ alg: "RS256", kid: keys.keyId })
      .sign(keys.privateKey);
  const [idToken, accessToken] = await Promise.all([
    sign({
      ...changedClaims(readableClaims(user, client), changes),
      ...roleClaims(groups),
      aud: client.clientId,
      token_use: "id",
      "cognito:username": user.username,
      exp: issuedAt + client.idTokenSeconds,
    }),
    sign({
      client_id: client.clientId,
      token_use: "access",
      scope: "aws.cognito.signin.user.admin",
      username: user.username,
      exp: issuedAt + client.accessTokenSeconds,
    }),
  ]);
  return { idToken, accessToken };
}

/**
 * The claims of an access token of this pool.
 * @throws NotAuthorizedError when it is expired, tampered with, of another pool or no access token.
 */
export async function verifyAccessToken(
  keys: PoolKeys,
  issuer: string,
  token: string,
  now: number,
): Promise<AccessClaims> {
  try {
    const { payload } = await jwtVerify(token, keys.publicKey, {
      algorithms: ["RS256"],
      issuer,
      currentDate: new Date(now),
      requiredClaims: ["exp", "sub", "origin_jti", "client_id"],
    });
    if (payload.token_use !== "access") throw new NotAuthorizedError("Invalid Access Token");
    return {
      sub: String(payload.sub),
      sessionId: String(payload.origin_jti),
      clientId: String(payload.client_id),
    };
  } catch (cause) {
    if (cause instanceof NotAuthorizedError) throw cause;
    const expired = cause instanceof errors.JWTExpired;
    throw new NotAuthorizedError(expired ? "Access Token has expired" : "Invalid Access Token", { cause });
  }
}

export function newRefreshToken(): string {
  return randomBytes(48).toString("base64url");
}

export function hashRefreshToken(token: string): string {
  return createHash("sha256").update(token, "utf8").digest("hex");
}

/** The groups in the order that decides: lowest precedence number first, those without one last. */
export function orderGroups(groups: readonly GroupSettings[]): readonly GroupSettings[] {
  const rank = (group: GroupSettings) => group.precedence ?? Number.POSITIVE_INFINITY;
  return [...groups].sort((a, b) => (rank(a) === rank(b) ? a.name.localeCompare(b.name) : rank(a) < rank(b) ? -1 : 1));
}

function changedClaims(own: Record<string, unknown>, { claims, suppressed }: ClaimChanges): Record<string, unknown> {
  const kept = Object.entries(own).filter(([name]) => !suppressed.includes(name));
  return { ...Object.fromEntries(kept), ...claims };
}

function readableClaims(user: User, client: ClientSettings): Record<string, unknown> {
  const claims: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(allAttributes(user))) {
    if (!client.readAttributes.has(name)) continue;
    claims[name] = name.endsWith("_verified") ? value === "true" : value;
  }
  return claims;
}

function roleClaims(groups: readonly GroupSettings[]): Record<string, unknown> {
  const roles = groups.flatMap(({ roleArn }) => roleArn ?? []);
  if (roles.length === 0) return {};
  const [first, second] = groups;
  const tied = second !== undefined && first?.precedence === second.precedence && first?.roleArn !== second.roleArn;
  const preferred = tied ? undefined : first?.roleArn;
  return {
    "cognito:roles": [...new Set(roles)],
    ...(preferred === undefined ? {} : { "cognito:preferred_role": preferred }),
  };
}
