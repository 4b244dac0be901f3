import { randomBytes } from "node:crypto";

/** What the server remembers between two steps of one sign-in. */
export type Challenge =
  | {
      readonly kind: "PASSWORD_VERIFIER";
      readonly clientId: string;
      /** The name the client gave, by which the account is found again. */
      readonly alias: string;
      readonly username: string;
      readonly key: Uint8Array;
    }
  | { readonly kind: "NEW_PASSWORD_REQUIRED"; readonly clientId: string; readonly username: string };

const mostOpen = 10_000;
const secretBlockBytes = 600;

/**
 * Open challenges, in memory only: a restart ends them. Each is named by a random handle, lives a few minutes and
 * is gone once taken. Beyond 10,000 the oldest end.
 */
export class Challenges {
  readonly #open = new Map<string, { readonly challenge: Challenge; readonly expiresAt: number }>();

  /** @returns the handle, base64. */
  add(challenge: Challenge, expiresAt: number): string {
    const handle = randomBytes(secretBlockBytes).toString("base64");
    this.#open.set(handle, { challenge, expiresAt });
    if (this.#open.size > mostOpen) {
      const oldest = this.#open.keys().next();
      if (!oldest.done) this.#open.delete(oldest.value);
    }
    return handle;
  }

  peek<K extends Challenge["kind"]>(handle: string, kind: K, now: number): Extract<Challenge, { kind: K }> | undefined {
    const entry = this.#open.get(handle);
    if (entry === undefined || entry.challenge.kind !== kind) return undefined;
    if (now >= entry.expiresAt) {
      this.#open.delete(handle);
      return undefined;
    }
    return entry.challenge as Extract<Challenge, { kind: K }>;
  }

  take<K extends Challenge["kind"]>(handle: string, kind: K, now: number): Extract<Challenge, { kind: K }> | undefined {
    const challenge = this.peek(handle, kind, now);
    if (challenge !== undefined) this.#open.delete(handle);
    return challenge;
  }
}
