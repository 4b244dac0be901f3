import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
  type ICognitoStorage,
} from "amazon-cognito-identity-js";
import type { LocalStack } from "../local-stack.ts";
import type { DemoUser } from "./demo-user.ts";

/** A token is renewed when less than this is left of its life. */
const renewMilliseconds = 60_000;

/** Signs in by SRP as any client does. @returns a function that gives a valid ID token. */
export async function signIn(stack: LocalStack, { email, password }: DemoUser): Promise<() => Promise<string>> {
  const Storage = memoryStorage();
  const { userPoolId, userPoolClientId } = stack.userPool!;
  const Pool = new CognitoUserPool({
    UserPoolId: userPoolId,
    ClientId: userPoolClientId,
    endpoint: stack.urls.aws,
    Storage,
  });
  const user = new CognitoUser({ Username: email, Pool, Storage });
  let session = await new Promise<CognitoUserSession>((resolve, reject) => {
    user.authenticateUser(new AuthenticationDetails({ Username: email, Password: password }), {
      onSuccess: resolve,
      onFailure: reject,
    });
  });
  return async () => {
    const left = session.getIdToken().getExpiration() * 1000 - Date.now();
    if (left < renewMilliseconds) {
      session = await new Promise<CognitoUserSession>((resolve, reject) => {
        user.refreshSession(session.getRefreshToken(), (error: Error | null, renewed: CognitoUserSession) =>
          error ? reject(error) : resolve(renewed),
        );
      });
    }
    return session.getIdToken().getJwtToken();
  };
}

function memoryStorage(): ICognitoStorage {
  const items = new Map<string, string>();
  return {
    clear: () => items.clear(),
    getItem: (key) => items.get(key) ?? null,
    removeItem: (key) => void items.delete(key),
    setItem: (key, value) => void items.set(key, value),
  };
}
