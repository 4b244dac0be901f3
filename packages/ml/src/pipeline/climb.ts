import { isOutOfMemory } from "../auto/failure-reason.ts";
import { FitError } from "../learners/learner.ts";
import { describeLearner, ladder, nextRung } from "./ladder.ts";
import type { TrainingSettings } from "./training-settings.ts";

/** One try of the ladder, as the report tells of it. */
export interface TrainingAttempt {
  /** From 1. */
  readonly number: number;
  readonly learner: string;
  readonly startedAt: string;
  readonly endedAt?: string | undefined;
  readonly outcome: "running" | "succeeded" | "failed";
  readonly failure?: { readonly code: string; readonly parameters: Record<string, string | number> } | undefined;
}

export interface ClimbOptions {
  /** Told of a try that comes after one that failed; awaited. */
  readonly onNext?: (next: TrainingSettings, failure: FitError) => void | Promise<void>;
  /** Of one try; default no limit. */
  readonly attemptSeconds?: number;
  readonly signal?: AbortSignal | undefined;
  readonly now?: () => Date;
}

/**
 * One try after the other until one succeeds or the ladder ends.
 * @param tryOut is to end with the signal's reason once it is aborted
 * @throws what made the last try fail
 */
export async function climb<T>(
  order: TrainingSettings,
  tryOut: (settings: TrainingSettings, signal: AbortSignal | undefined) => Promise<T>,
  { onNext, attemptSeconds, signal, now = () => new Date() }: ClimbOptions = {},
): Promise<{ readonly result: T; readonly attempts: readonly TrainingAttempt[] }> {
  const rungs = ladder(order);
  const attempts: TrainingAttempt[] = [];
  for (let place = 0; ; ) {
    const { settings } = rungs[place];
    const begun = {
      number: attempts.length + 1,
      learner: describeLearner(settings),
      startedAt: now().toISOString(),
    };
    try {
      const result = await within(attemptSeconds, signal, (bounded) => tryOut(settings, bounded));
      attempts.push({ ...begun, endedAt: now().toISOString(), outcome: "succeeded" });
      return { result, attempts };
    } catch (error) {
      signal?.throwIfAborted();
      const failure = asFitError(error);
      const next = failure && nextRung(rungs, place, failure);
      if (!failure || next === undefined) throw failure ?? error;
      const { code, parameters } = failure;
      attempts.push({
        ...begun,
        endedAt: now().toISOString(),
        outcome: "failed",
        failure: { code, parameters: { ...parameters } },
      });
      await onNext?.(rungs[next].settings, failure);
      place = next;
    }
  }
}

async function within<T>(
  seconds: number | undefined,
  signal: AbortSignal | undefined,
  run: (signal: AbortSignal | undefined) => Promise<T>,
): Promise<T> {
  if (seconds === undefined) return run(signal);
  const end = AbortSignal.timeout(Math.ceil(1_000 * seconds));
  try {
    return await run(signal ? AbortSignal.any([signal, end]) : end);
  } catch (error) {
    if (end.aborted && !signal?.aborted) throw new FitError("out-of-time", { seconds }, { cause: error });
    throw error;
  }
}

function asFitError(error: unknown): FitError | undefined {
  if (error instanceof FitError) return error;
  if (!isOutOfMemory(error)) return undefined;
  const memoryMiB = Math.round(process.memoryUsage.rss() / 2 ** 20);
  return new FitError("out-of-memory", { memoryMiB }, { cause: error });
}
