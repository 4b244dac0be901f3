import { createHmac, randomInt, timingSafeEqual } from "node:crypto";
import { CodeMismatchError, ExpiredCodeError, LimitExceededError } from "./errors.ts";

export type CodePurpose = "confirm-sign-up" | "reset-password" | "verify-email";

/** A code that was sent, without the code. Times in milliseconds since the epoch. */
export type IssuedCode = {
  /** HMAC-SHA-256 of owner, purpose and code under the pool's secret, hex; empty when it can no longer be used. */
  readonly hash: string;
  readonly expiresAt: number;
  readonly failures: number;
  readonly windowStartedAt: number;
  readonly sentInWindow: number;
};

export type IssuedCodes = Readonly<Partial<Record<CodePurpose, IssuedCode>>>;

const lifetimeMs: Readonly<Record<CodePurpose, number>> = {
  "confirm-sign-up": 24 * 3_600_000,
  "reset-password": 3_600_000,
  "verify-email": 24 * 3_600_000,
};
const mostTries = 5;
const windowMs = 3_600_000;
const mostSentInWindow = 5;

/**
 * Makes a new code of six digits; the former one of the same purpose ends.
 * @throws LimitExceededError at the sixth code within an hour (five tries each would add up otherwise).
 */
export function issueCode(
  codes: IssuedCodes,
  purpose: CodePurpose,
  context: { readonly secret: Uint8Array; readonly owner: string; readonly now: number },
): { readonly code: string; readonly codes: IssuedCodes } {
  const former = codes[purpose];
  const inWindow = former !== undefined && context.now - former.windowStartedAt < windowMs;
  const sentInWindow = (inWindow ? former.sentInWindow : 0) + 1;
  if (sentInWindow > mostSentInWindow) throw new LimitExceededError();
  const code = String(randomInt(1_000_000)).padStart(6, "0");
  const issued: IssuedCode = {
    hash: hashCode(context.secret, context.owner, purpose, code),
    expiresAt: context.now + lifetimeMs[purpose],
    failures: 0,
    windowStartedAt: inWindow ? former.windowStartedAt : context.now,
    sentInWindow,
  };
  return { code, codes: { ...codes, [purpose]: issued } };
}

/**
 * Tries a code. The returned codes are to be stored whatever the outcome: a right code is spent, a wrong one counts.
 * A code dies at the fifth wrong try.
 */
export function tryCode(
  codes: IssuedCodes,
  purpose: CodePurpose,
  given: string,
  context: { readonly secret: Uint8Array; readonly owner: string; readonly now: number },
): {
  readonly codes: IssuedCodes;
  readonly error: CodeMismatchError | ExpiredCodeError | LimitExceededError | undefined;
} {
  const issued = codes[purpose];
  if (issued === undefined || issued.hash === "" || context.now >= issued.expiresAt) {
    const exhausted = issued !== undefined && issued.failures >= mostTries && context.now < issued.expiresAt;
    return { codes, error: exhausted ? new LimitExceededError() : new ExpiredCodeError() };
  }
  const offered = Buffer.from(hashCode(context.secret, context.owner, purpose, given), "hex");
  if (timingSafeEqual(offered, Buffer.from(issued.hash, "hex"))) {
    return { codes: { ...codes, [purpose]: { ...issued, hash: "", failures: 0 } }, error: undefined };
  }
  const failures = issued.failures + 1;
  const hash = failures >= mostTries ? "" : issued.hash;
  return { codes: { ...codes, [purpose]: { ...issued, hash, failures } }, error: new CodeMismatchError() };
}

/** Ends a code without its being used, and keeps the count of what was sent. */
export function endCode(codes: IssuedCodes, purpose: CodePurpose): IssuedCodes {
  const issued = codes[purpose];
  return issued === undefined ? codes : { ...codes, [purpose]: { ...issued, hash: "", failures: 0 } };
}

function hashCode(secret: Uint8Array, owner: string, purpose: CodePurpose, code: string): string {
  return createHmac("sha256", secret).update(`${purpose}\n${owner}\n${code}`, "utf8").digest("hex");
}
