import type { Failure } from "@systemhealer/contract/failure";
import type { Attempt, TrainingRun } from "@systemhealer/contract/run";

type RunningTraining = Extract<TrainingRun, { status: "running" }>;

/** Begins the next rung of the ladder; one that was still running has failed. */
export function startAttempt(run: RunningTraining, learner: string, at: string, failure?: Failure): RunningTraining {
  const former = endAttempts(run.attempts, "failed", at, failure);
  const next: Attempt = { number: former.length + 1, learner, startedAt: at, outcome: "running" };
  return { ...run, attempts: [...former, next], version: run.version + 1, updatedAt: at, heartbeatAt: at };
}

/** The attempts, with the one that was running ended. */
export function endAttempts(
  attempts: readonly Attempt[],
  outcome: "succeeded" | "failed",
  at: string,
  failure?: Failure,
): Attempt[] {
  return attempts.map((attempt) =>
    attempt.outcome === "running" ? { ...attempt, outcome, endedAt: at, ...(failure && { failure }) } : attempt,
  );
}
