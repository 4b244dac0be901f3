import { describe, expect, it } from "vitest";
import { afterFailure, afterRefusal, isLocked, type Lockout, noFailures } from "../../../local/cognito/lockout.ts";

const start = Date.UTC(2026, 0, 1);

/** Fails, waits until the lock is over, fails again …; returns how long each lock was, in seconds. */
function locks(count: number): number[] {
  let now = start;
  let lockout: Lockout = noFailures;
  return Array.from({ length: count }, () => {
    lockout = afterFailure(lockout, now);
    const lockMs = lockout.lockedUntil - now;
    now += lockMs;
    return lockMs / 1000;
  });
}

describe("The lock after failed sign-ins", () => {
  it("begins at the fifth failure with a second and doubles up to fifteen minutes", () => {
    expect(locks(17)).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
  });

  it("ends by itself", () => {
    let lockout = noFailures;
    for (let failure = 0; failure < 5; failure++) lockout = afterFailure(lockout, start);
    expect(isLocked(lockout, start + 999)).toBe(true);
    expect(isLocked(lockout, start + 1000)).toBe(false);
  });

  it("is forgotten after fifteen quiet minutes, and only then", () => {
    let lockout = noFailures;
    for (let failure = 0; failure < 6; failure++) lockout = afterFailure(lockout, start);
    const over = lockout.lockedUntil;
    expect(afterFailure(lockout, over + 15 * 60_000).failures).toBe(1);
    expect(afterFailure(lockout, over + 15 * 60_000 - 1).failures).toBe(7);
  });

  it("is not prolonged by attempts while it lasts, which are not quiet either", () => {
    let lockout = noFailures;
    for (let failure = 0; failure < 6; failure++) lockout = afterFailure(lockout, start);
    const refused = afterRefusal(lockout, start + 1500);
    expect(refused).toEqual({ ...lockout, lastAttemptAt: start + 1500 });
  });
});
