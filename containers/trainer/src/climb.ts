import type { TrainingRun } from "@systemhealer/contract/run";
import { startAttempt } from "@systemhealer/domain/attempts";
import { failureOf } from "@systemhealer/domain/failure";
import type { Ports } from "@systemhealer/domain/ports/ports";
import { FitError } from "@systemhealer/ml/learners/learner";
import { describeLearner, nextRung } from "./ladder.ts";
import { type RunningTraining, replaceRun } from "./replace-run.ts";
import type { ProgressRecorder } from "./training-progress.ts";

/**
 * One try after the other, until one converges or the ladder ends; each is written on the run before it begins.
 * @throws what made the last try fail
 */
export async function climb<T>(
  ports: Pick<Ports, "runs" | "clock">,
  begun: RunningTraining,
  recorder: ProgressRecorder,
  tryOut: (settings: TrainingRun["settings"]) => Promise<T>,
): Promise<T> {
  let run = begun;
  let settings = begun.settings;
  for (let attempt = 2; ; attempt++) {
    try {
      return await tryOut(settings);
    } catch (error) {
      const next = nextRung(begun.settings, attempt);
      if (!(error instanceof FitError) || error.code !== "did-not-converge" || !next) throw error;
      const at = ports.clock().toISOString();
      const progress = recorder.restart();
      const climbed = startAttempt(run, describeLearner(next), at, failureOf(error));
      run = await replaceRun(ports, { ...climbed, progress });
      settings = next;
    }
  }
}
