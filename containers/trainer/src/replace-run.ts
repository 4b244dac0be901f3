import type { RunIn, TrainingRun } from "@systemhealer/contract/run";
import { VersionConflictError } from "@systemhealer/domain/errors";
import type { Ports } from "@systemhealer/domain/ports/ports";

export type RunningTraining = Extract<TrainingRun, { status: "running" }>;

/** Nobody waits for the run any more: it was cancelled, or failed by the sweeper. */
export class UnwantedRunError extends Error {
  override readonly name = "UnwantedRunError";
}

/** @throws UnwantedRunError when somebody else has written the run meanwhile: only its end is written by others */
export async function replaceRun<R extends RunIn<"running">>({ runs }: Pick<Ports, "runs">, run: R): Promise<R> {
  try {
    await runs.replace(run);
    return run;
  } catch (cause) {
    if (cause instanceof VersionConflictError) throw new UnwantedRunError("the run has ended", { cause });
    throw cause;
  }
}
