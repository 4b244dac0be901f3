import type { Run } from "@systemhealer/contract/run";
import { ConflictError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";

/** Writes a run, unless there is one with its id already. @returns what is stored */
export async function createRunOnce({ runs }: Pick<Ports, "runs">, run: Run): Promise<Run> {
  try {
    await runs.create(run);
    return run;
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    return runs.get(run.workspaceId, run.runId);
  }
}
