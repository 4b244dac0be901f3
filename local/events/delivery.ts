/** How often and how fast a delivery is tried again. */
export interface RetryPolicy {
  /** Tries after the first. */
  readonly retries: number;
  readonly firstPauseMilliseconds: number;
  readonly longestPauseMilliseconds: number;
}

/** On AWS the pauses are minutes; a laptop does not need them to be. */
export const defaultPauses = { firstPauseMilliseconds: 1_000, longestPauseMilliseconds: 60_000 } as const;

/**
 * Calls `deliver` until it does not fail, pausing twice as long each time. Resolves with undefined, or with the last
 * error once all tries are used up or `signal` says to stop.
 */
export async function deliverWithRetries(
  deliver: () => Promise<void>,
  policy: RetryPolicy,
  signal: AbortSignal,
): Promise<Error | undefined> {
  for (let attempt = 0; ; attempt++) {
    try {
      await deliver();
      return undefined;
    } catch (error) {
      if (attempt >= policy.retries || signal.aborted) return error as Error;
      await pause(Math.min(policy.firstPauseMilliseconds * 2 ** attempt, policy.longestPauseMilliseconds), signal);
      if (signal.aborted) return error as Error;
    }
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener("abort", end, { once: true });
  });
}
