import type { Policy } from "../iam/policy.ts";

/** Who a request acts as: a role of the template, or the operator of the local stack. */
export interface Principal {
  readonly arn: string;
  readonly policies: readonly Policy[];
}

export interface Credential {
  readonly secret: string;
  /** A request must carry exactly this token; a credential without one accepts no token. */
  readonly sessionToken?: string;
  readonly principal: Principal;
}

export interface CredentialStore {
  find(accessKeyId: string): Credential | undefined;
}

/** Credentials kept in memory for the life of the process. */
export class MemoryCredentialStore implements CredentialStore {
  readonly #credentials = new Map<string, Credential>();

  set(accessKeyId: string, credential: Credential): void {
    this.#credentials.set(accessKeyId, credential);
  }

  delete(accessKeyId: string): void {
    this.#credentials.delete(accessKeyId);
  }

  find(accessKeyId: string): Credential | undefined {
    return this.#credentials.get(accessKeyId);
  }
}
