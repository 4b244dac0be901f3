import type { Run } from "@systemhealer/contract/run";
import type { Ports } from "../ports/ports.ts";
import { failRun } from "../run.ts";
import { createRunOnce } from "./create-run-once.ts";
import { endRun } from "./end-run.ts";

/** Writes a queued run, unless it is there already, and starts its execution; a run that cannot start has failed. */
export async function launchRun(
  ports: Pick<Ports, "datasets" | "models" | "runs" | "workflows" | "clock">,
  queued: Run,
): Promise<Run> {
  const run = await createRunOnce(ports, queued);
  if (run.status === "queued") await startExecution(ports, run);
  return run;
}

/** Starts the execution of a queued run, which has failed where that cannot be done. */
export async function startExecution(
  ports: Pick<Ports, "datasets" | "models" | "runs" | "workflows" | "clock">,
  run: Run,
): Promise<void> {
  const input = { workspaceId: run.workspaceId, runId: run.runId };
  try {
    if (run.kind === "diagnosis") await ports.workflows.startDiagnosis(input);
    else await ports.workflows.startTraining(input);
  } catch (error) {
    await endRun(ports, run.workspaceId, run.runId, (stored) =>
      failRun(stored, { code: "could-not-start", parameters: {} }, ports.clock().toISOString()),
    );
    throw error;
  }
}
