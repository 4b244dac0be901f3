import type { Installation } from "@systemhealer/contract/installation";
import {
  AuthenticationDetails,
  CognitoRefreshToken,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
  type ICognitoStorage,
} from "amazon-cognito-identity-js";
import { CliError } from "../cli-error.ts";
import { exitCode } from "../exit-code.ts";
import { reasonOf } from "../files/reason.ts";

export interface Tokens {
  readonly userName: string;
  readonly idToken: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Sessions of before may not know the endpoint. */
type Pool = Pick<Installation, "userPoolId" | "userPoolClientId"> & { readonly cognitoEndpoint?: string | undefined };

/**
 * Signs in by SRP: the password does not leave this machine.
 * @param askNewPassword called where the account still has the password it was made with
 * @throws CliError where the pool refuses
 */
export function signIn(
  pool: Pool,
  email: string,
  password: string,
  askNewPassword: () => Promise<string>,
): Promise<Tokens> {
  const user = userOf(pool, email);
  return new Promise((resolve, reject) => {
    const callbacks = {
      onSuccess: (session: CognitoUserSession) => resolve(tokensOf(user.getUsername(), session)),
      onFailure: (error: unknown) => reject(refusal(pool, error)),
    };
    user.authenticateUser(new AuthenticationDetails({ Username: email, Password: password }), {
      ...callbacks,
      newPasswordRequired: () => {
        askNewPassword().then((chosen) => user.completeNewPasswordChallenge(chosen, {}, callbacks), reject);
      },
      mfaRequired: () => reject(new CliError(exitCode.forbidden, "second-factor")),
      totpRequired: () => reject(new CliError(exitCode.forbidden, "second-factor")),
    });
  });
}

/** @throws CliError where the refresh token is no longer good */
export function refresh(pool: Pool, userName: string, refreshToken: string): Promise<Tokens> {
  const user = userOf(pool, userName);
  return new Promise((resolve, reject) => {
    const token = new CognitoRefreshToken({ RefreshToken: refreshToken });
    user.refreshSession(token, (error: unknown, session: CognitoUserSession) => {
      if (error) {
        reject(isNetworkTrouble(error) ? refusal(pool, error) : new CliError(exitCode.forbidden, "session-ended"));
      } else
        resolve({ ...tokensOf(userName, session), refreshToken: session.getRefreshToken().getToken() || refreshToken });
    });
  });
}

/** Makes the refresh token worthless, on all machines that share it. */
export async function revoke(pool: Pool, refreshToken: string): Promise<void> {
  const [region] = pool.userPoolId.split("_");
  const endpoint = pool.cognitoEndpoint ?? `https://cognito-idp.${region}.amazonaws.com/`;
  await fetch(endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AWSCognitoIdentityProviderService.RevokeToken",
    },
    body: JSON.stringify({ ClientId: pool.userPoolClientId, Token: refreshToken }),
    signal: AbortSignal.timeout(10_000),
  });
}

/** Seconds since 1970 at which a token runs out; 0 where it is none. */
export function expiryOf(token: string): number {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
    const expiry = typeof claims === "object" && claims !== null && "exp" in claims ? claims.exp : undefined;
    return typeof expiry === "number" ? expiry : 0;
  } catch {
    return 0;
  }
}

function userOf(pool: Pool, name: string): CognitoUser {
  const storage = memoryStorage();
  const userPool = new CognitoUserPool({
    UserPoolId: pool.userPoolId,
    ClientId: pool.userPoolClientId,
    ...(pool.cognitoEndpoint && { endpoint: pool.cognitoEndpoint }),
    Storage: storage,
  });
  return new CognitoUser({ Username: name, Pool: userPool, Storage: storage });
}

function tokensOf(userName: string, session: CognitoUserSession): Tokens {
  return {
    userName,
    idToken: session.getIdToken().getJwtToken(),
    accessToken: session.getAccessToken().getJwtToken(),
    refreshToken: session.getRefreshToken().getToken(),
  };
}

function isNetworkTrouble(error: unknown): boolean {
  return error instanceof Error && (error.message === "Network error" || error.name === "NetworkError");
}

function refusal(pool: Pool, error: unknown): CliError {
  if (reasonOf(error) === "NetworkError" || isNetworkTrouble(error)) {
    const address = pool.cognitoEndpoint ?? pool.userPoolId;
    return new CliError(exitCode.unreachable, "unreachable", { address, reason: "ECONNREFUSED" }, { cause: error });
  }
  const message = error instanceof Error ? error.message : String(error);
  // The pool has one word for a wrong password and for all else that it does not want.
  const oneOfMany = reasonOf(error) === "NotAuthorizedException" && !/incorrect username or password/i.test(message);
  const reason = oneOfMany ? message.replace(/\.$/, "") : reasonOf(error);
  return new CliError(exitCode.forbidden, "sign-in-refused", { reason }, { cause: error });
}

/** The library keeps its tokens in a browser's storage; here they live in the session's file instead. */
function memoryStorage(): ICognitoStorage {
  const items = new Map<string, string>();
  return {
    setItem: (key, value) => {
      items.set(key, value);
    },
    getItem: (key) => items.get(key) ?? null,
    removeItem: (key) => {
      items.delete(key);
    },
    clear: () => items.clear(),
  };
}
