import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserAttribute,
  CognitoUserPool,
  type CognitoUserSession,
} from "amazon-cognito-identity-js";
import type { PortalConfig } from "./portal-config.ts";

/** The user pool refused, or could not be reached. `code` is Cognito's own word, `NetworkError` where there was no answer. */
export class SignInError extends Error {
  override readonly name = "SignInError";
  readonly code: string;

  constructor(code: string, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }
}

/** `new-password`: the account still has the password it was made with. */
export type SignInStep =
  | { readonly next: "done" }
  | { readonly next: "new-password"; readonly choose: (password: string) => Promise<void> }
  | { readonly next: "second-factor"; readonly answer: (code: string) => Promise<void> };

/**
 * Accounts by SRP: the password itself never leaves the page. The library keeps the tokens in `localStorage`, for the
 * seven days that the refresh token lives; the content security policy admits no script but the portal's own, so no
 * other script can read them.
 */
export class UserPool {
  readonly #pool: CognitoUserPool;

  constructor({ userPoolId, userPoolClientId, cognitoEndpoint }: PortalConfig) {
    this.#pool = new CognitoUserPool({
      UserPoolId: userPoolId,
      ClientId: userPoolClientId,
      endpoint: cognitoEndpoint,
    });
  }

  signIn(email: string, password: string): Promise<SignInStep> {
    const user = this.#user(email);
    const details = new AuthenticationDetails({ Username: email, Password: password });
    return new Promise((resolve, reject) => {
      const onFailure = (error: unknown) => reject(refusal(error));
      const finish = (start: (callbacks: { onSuccess: () => void; onFailure: (error: unknown) => void }) => void) =>
        new Promise<void>((done, refused) => {
          start({ onSuccess: () => done(), onFailure: (error) => refused(refusal(error)) });
        });
      user.authenticateUser(details, {
        onSuccess: () => resolve({ next: "done" }),
        onFailure,
        newPasswordRequired: () =>
          resolve({
            next: "new-password",
            choose: (chosen) => finish((callbacks) => user.completeNewPasswordChallenge(chosen, {}, callbacks)),
          }),
        totpRequired: () =>
          resolve({
            next: "second-factor",
            answer: (code) => finish((callbacks) => user.sendMFACode(code, callbacks, "SOFTWARE_TOKEN_MFA")),
          }),
      });
    });
  }

  async signUp(email: string, password: string): Promise<void> {
    const attributes = [new CognitoUserAttribute({ Name: "email", Value: email })];
    await called((done) => this.#pool.signUp(email, password, attributes, [], done));
  }

  async confirm(email: string, code: string): Promise<void> {
    await called((done) => this.#user(email).confirmRegistration(code, false, done));
  }

  async resendCode(email: string): Promise<void> {
    await called((done) => this.#user(email).resendConfirmationCode(done));
  }

  /** Has a code sent with which a new password can be set. */
  forgotPassword(email: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#user(email).forgotPassword({
        onSuccess: () => resolve(),
        onFailure: (error) => reject(refusal(error)),
        inputVerificationCode: () => resolve(),
      });
    });
  }

  setForgottenPassword(email: string, code: string, password: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#user(email).confirmPassword(code, password, {
        onSuccess: () => resolve(),
        onFailure: (error) => reject(refusal(error)),
      });
    });
  }

  /** Who is signed in, with a token renewed where it has run out; undefined where nobody is. */
  async session(): Promise<CognitoUserSession | undefined> {
    const user = this.#pool.getCurrentUser();
    if (!user) return undefined;
    try {
      return await called<CognitoUserSession>((done) => user.getSession(done));
    } catch (error) {
      if (error instanceof SignInError && error.code === "NetworkError") throw error;
      return undefined;
    }
  }

  /** Whether this browser holds tokens, good or not: says what to show before the first answer. */
  get isRemembered(): boolean {
    return this.#pool.getCurrentUser() !== null;
  }

  /** Revokes this browser's refresh token and forgets it. */
  async signOut(): Promise<void> {
    const user = this.#pool.getCurrentUser();
    if (!user) return;
    await new Promise<void>((resolve) => {
      user.getSession((error: Error | null) => {
        if (error) user.signOut();
        else return user.signOut(() => resolve());
        resolve();
      });
    });
  }

  /** Ends the sessions of all browsers and machines. */
  async signOutEverywhere(): Promise<void> {
    const user = this.#pool.getCurrentUser();
    if (!user) return;
    await called((done) => user.getSession(done));
    await new Promise<void>((resolve, reject) => {
      user.globalSignOut({ onSuccess: () => resolve(), onFailure: (error) => reject(refusal(error)) });
    });
  }

  /**
   * Whether the user pool still honours this browser's session; one that was ended elsewhere is forgotten here.
   * Without an answer it is taken to be good.
   */
  async isHonoured(): Promise<boolean> {
    const user = this.#pool.getCurrentUser();
    if (!user) return false;
    try {
      await called((done) => user.getSession(done));
      await called((done) => user.getUserAttributes(done));
      return true;
    } catch (error) {
      const { code } = error as SignInError;
      if (code !== "NotAuthorizedException" && code !== "UserNotFoundException") return true;
      user.signOut();
      return false;
    }
  }

  #user(email: string): CognitoUser {
    return new CognitoUser({ Username: email, Pool: this.#pool });
  }
}

function called<T>(start: (done: (error?: Error | null, result?: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    start((error, result) => (error ? reject(refusal(error)) : resolve(result as T)));
  });
}

function refusal(error: unknown): SignInError {
  const { code, name, message } = error as { code?: string; name?: string; message?: string };
  const isNetwork = message === "Network error" || code === "NetworkError" || error instanceof TypeError;
  return new SignInError(isNetwork ? "NetworkError" : (code ?? name ?? "Unknown"), message ?? String(error), {
    cause: error,
  });
}
