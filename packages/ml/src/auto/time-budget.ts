import { FitError } from "../learners/learner.ts";

/** The time that is left for a search. */
export interface TimeBudget {
  /** Since the budget was opened. */
  elapsed(): number;
  /** Whether so many seconds are left. */
  affords(seconds: number): boolean;
  /**
   * Runs a computation that is ended when the budget is.
   * @param allowance how many times the budget it may take
   * @throws FitError `out-of-time` then
   */
  bounded<T>(
    signal: AbortSignal | undefined,
    run: (signal: AbortSignal | undefined) => Promise<T>,
    allowance?: number,
  ): Promise<T>;
}

/** A fit that has begun may go on for so long at least. */
const leastSeconds = 1;

/** @param seconds 0: no limit */
export function openBudget(seconds: number): TimeBudget {
  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 1_000;
  return {
    elapsed,
    affords: (wanted) => seconds === 0 || elapsed() + wanted <= seconds,
    async bounded(signal, run, allowance = 1) {
      if (seconds === 0) return run(signal);
      const end = AbortSignal.timeout(Math.ceil(1_000 * Math.max(leastSeconds, allowance * seconds - elapsed())));
      try {
        return await run(signal ? AbortSignal.any([signal, end]) : end);
      } catch (error) {
        if (end.aborted && !signal?.aborted) throw new FitError("out-of-time", { seconds }, { cause: error });
        throw error;
      }
    },
  };
}
