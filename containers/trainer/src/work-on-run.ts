import type { Progress, Run } from "@systemhealer/contract/run";
import { runPrefix } from "@systemhealer/domain/object-keys";
import type { Ports } from "@systemhealer/domain/ports/ports";
import { failingRun } from "@systemhealer/domain/use-cases/failing-run";
import { startPulse } from "@systemhealer/platform/pulse";
import { UnwantedRunError } from "./replace-run.ts";

export interface WorkOptions {
  readonly heartbeatSeconds: number;
  /** Aborted when the process is told to stop. */
  readonly signal: AbortSignal;
  readonly onBeatError: (error: unknown) => void;
}

export interface Work {
  /** Shows how far the run is, at its next beat. */
  readonly tell: (progress: Progress) => void;
  /** Aborted when the process is told to stop, and once nobody wants the run any more. */
  readonly signal: AbortSignal;
}

/**
 * Does a running run's work while its record is kept alive. A failure is on the run in words before it is thrown, and
 * nothing stays of what was written before it.
 * @throws UnwantedRunError, the signal's reason, or what made the work fail
 */
export async function workOnRun(
  ports: Pick<Ports, "runs" | "datasets" | "models" | "objects" | "clock">,
  run: Extract<Run, { status: "running" }>,
  options: WorkOptions,
  work: (work: Work) => Promise<void>,
): Promise<void> {
  const { workspaceId, runId } = run;
  try {
    await failingRun(ports, run, async () => {
      const unwanted = new AbortController();
      const pulse = startPulse(run.progress, {
        send: (progress) => ports.runs.beat(workspaceId, runId, progress, ports.clock().toISOString()),
        maxMilliseconds: options.heartbeatSeconds * 250,
        onUnwanted: () => unwanted.abort(new UnwantedRunError("the run has ended")),
        onError: options.onBeatError,
      });
      const signal = AbortSignal.any([options.signal, unwanted.signal]);
      try {
        await work({ tell: (progress) => pulse.update(progress), signal });
      } finally {
        await pulse.stop();
      }
    });
  } catch (error) {
    // Nobody will ask for it. What cannot be taken away now goes with the run's end.
    await ports.objects.deletePrefix(runPrefix(workspaceId, runId)).catch(options.onBeatError);
    throw error;
  }
}
