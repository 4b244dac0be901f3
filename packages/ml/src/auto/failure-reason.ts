import { FitError } from "../learners/learner.ts";
import { TrainingError } from "../pipeline/training-error.ts";
import type { LeaderboardReason } from "./leaderboard.ts";

/** Why a fit failed, for the leaderboard. */
export function failureReason(error: unknown): LeaderboardReason {
  if (error instanceof FitError) return error.code;
  if (error instanceof TrainingError) return "data-unusable";
  if (isOutOfMemory(error)) return "out-of-memory";
  return "internal";
}

/** V8 tells it as a RangeError, worker threads by their code. */
export function isOutOfMemory(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY") return true;
  return error instanceof RangeError && /allocation|array length|array buffer/i.test(error.message);
}
