import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from "jose";
import type { Json } from "../template/json.ts";
import type { JwtAuthorizer } from "./http-api.ts";

/** Public keys of an issuer; undefined where it is none of the local pools. */
export type KeysOf = (issuer: string) => JSONWebKeySet | undefined;

/** Says why a token lets nobody in. */
export class UnauthorizedError extends Error {
  override readonly name = "UnauthorizedError";
}

const keySets = new WeakMap<JSONWebKeySet, ReturnType<typeof createLocalJWKSet>>();

/**
 * Verifies a bearer token as API Gateway's JWT authorizer does: signature, issuer, `aud` (or `client_id` of an access
 * token), `exp`, `nbf`, `iat`, scopes.
 *
 * @returns the claims as text, lists written `[a b]`.
 * @throws UnauthorizedError
 */
export async function authorizeToken(
  authorization: string | undefined,
  authorizer: JwtAuthorizer,
  keysOf: KeysOf,
): Promise<Record<string, string>> {
  const token = /^(?:bearer\s+)?(\S+)$/i.exec(authorization ?? "")?.[1];
  if (token === undefined) throw new UnauthorizedError("no token");
  const keys = keysOf(authorizer.issuer);
  if (!keys) throw new UnauthorizedError(`no keys of ${authorizer.issuer}`);
  try {
    const { payload } = await jwtVerify(token, keySetOf(keys), {
      algorithms: ["RS256"],
      issuer: authorizer.issuer,
      requiredClaims: ["exp", "iat"],
    });
    const audience = payload.aud ?? payload.client_id;
    const audiences = Array.isArray(audience) ? audience : [audience];
    if (!audiences.some((entry) => authorizer.audience.includes(String(entry)))) {
      throw new UnauthorizedError("another audience");
    }
    if (payload.token_use !== undefined && !["id", "access"].includes(String(payload.token_use))) {
      throw new UnauthorizedError("another use");
    }
    const scopes = String(payload.scope ?? "").split(" ");
    if (authorizer.scopes.length > 0 && !authorizer.scopes.some((scope) => scopes.includes(scope))) {
      throw new UnauthorizedError("no scope");
    }
    return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, claimText(value as Json)]));
  } catch (cause) {
    if (cause instanceof UnauthorizedError) throw cause;
    throw new UnauthorizedError((cause as Error).message, { cause });
  }
}

function keySetOf(keys: JSONWebKeySet): ReturnType<typeof createLocalJWKSet> {
  const known = keySets.get(keys) ?? createLocalJWKSet(keys);
  keySets.set(keys, known);
  return known;
}

function claimText(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(claimText).join(" ")}]`;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
