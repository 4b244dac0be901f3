import type { TrainingRun } from "@systemhealer/contract/run";
import { startAttempt } from "@systemhealer/domain/attempts";
import { failureOf } from "@systemhealer/domain/failure";
import type { Ports } from "@systemhealer/domain/ports/ports";
import type { FitError } from "@systemhealer/ml/learners/learner";
import { describeLearner } from "@systemhealer/ml/pipeline/ladder";
import type { TrainingSettings } from "@systemhealer/ml/pipeline/training-settings";
import { type RunningTraining, replaceRun } from "./replace-run.ts";
import type { ProgressRecorder } from "./training-progress.ts";

/**
 * Writes each further try of the ladder on the run before it begins.
 * @returns what `trainWithLadder` is to tell of it; throws UnwantedRunError when the run has ended meanwhile
 */
export function attemptRecorder(
  ports: Pick<Ports, "runs" | "clock">,
  begun: RunningTraining,
  recorder: ProgressRecorder,
): (next: TrainingSettings, failure: FitError) => Promise<void> {
  let run: Extract<TrainingRun, { status: "running" }> = begun;
  return async (next, failure) => {
    const at = ports.clock().toISOString();
    const progress = recorder.restart();
    const climbed = startAttempt(run, describeLearner(next), at, failureOf(failure));
    run = await replaceRun(ports, { ...climbed, progress });
  };
}
