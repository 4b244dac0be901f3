/** Failed sign-ins of one user. Times in milliseconds since the epoch. */
export type Lockout = {
  readonly failures: number;
  readonly lockedUntil: number;
  readonly lastAttemptAt: number;
};

export const noFailures: Lockout = { failures: 0, lockedUntil: 0, lastAttemptAt: 0 };

const freeFailures = 5;
const longestLockMs = 15 * 60_000;
const forgottenAfterMs = 15 * 60_000;

export function isLocked(lockout: Lockout, now: number): boolean {
  return now < lockout.lockedUntil;
}

/**
 * The state after a failed attempt. The fifth failure locks for one second, each further one doubles that, up to
 * 15 minutes. Fifteen quiet minutes after a lock forget everything.
 */
export function afterFailure(lockout: Lockout, now: number): Lockout {
  const quietSince = Math.max(lockout.lockedUntil, lockout.lastAttemptAt);
  const failures = (now - quietSince >= forgottenAfterMs ? 0 : lockout.failures) + 1;
  const lockMs = failures < freeFailures ? 0 : Math.min(1000 * 2 ** (failures - freeFailures), longestLockMs);
  return { failures, lockedUntil: now + lockMs, lastAttemptAt: now };
}

/** The state after an attempt during a lock: it prolongs nothing, but the user was not quiet. */
export function afterRefusal(lockout: Lockout, now: number): Lockout {
  return { ...lockout, lastAttemptAt: now };
}
