import type { Run } from "@systemhealer/contract/run";
import { ConflictError, NotFoundError, VersionConflictError } from "../errors.ts";
import { modelIdOfRun } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import { type ActiveRun, type EndedRun, isActive, makesModel } from "../run.ts";

export type EndRunPorts = Pick<Ports, "runs" | "datasets" | "models">;

const maxTries = 8;

/**
 * Writes the end of a run once, then lets go of what the run held. Of several writers one wins; the others find the
 * run ended and only let go again, which changes nothing.
 *
 * Order: the end, then the release. A crash between the two leaves an ended run that is still named in `usedBy`:
 * `deleteDataset` and `deleteModel` drop users that have ended.
 * @param decide the end of the run as it is stored
 */
export async function endRun(
  ports: EndRunPorts,
  workspaceId: string,
  runId: string,
  decide: (run: ActiveRun) => EndedRun,
): Promise<{ readonly run: EndedRun; readonly won: boolean }> {
  for (let attempt = 1; ; attempt++) {
    const stored = await ports.runs.get(workspaceId, runId);
    if (!isActive(stored)) {
      const run = stored as EndedRun;
      await release(ports, run);
      return { run, won: false };
    }
    const run = decide(stored);
    try {
      await ports.runs.replace(run);
    } catch (error) {
      if (error instanceof VersionConflictError && attempt < maxTries) continue;
      throw error;
    }
    await release(ports, run);
    return { run, won: true };
  }
}

/** A run that did not succeed leaves no model, even where it was stopped while it registered one. */
async function release(ports: EndRunPorts, run: Run): Promise<void> {
  const { workspaceId, datasetId, runId } = run;
  if (run.kind === "diagnosis" || run.kind === "adaptation") {
    await ports.models.removeUser(workspaceId, run.modelId, runId);
  }
  if (makesModel(run) && run.status !== "succeeded") await withdrawModel(ports, run);
  if (run.kind === "adaptation" && run.labelledDatasetId !== undefined) {
    await ports.datasets.removeUser(workspaceId, run.labelledDatasetId, runId);
  }
  await ports.datasets.removeUser(workspaceId, datasetId, runId);
}

async function withdrawModel(ports: EndRunPorts, run: Run): Promise<void> {
  const modelId = modelIdOfRun(run.runId);
  try {
    await ports.models.get(run.workspaceId, modelId);
    await ports.models.delete(run.workspaceId, modelId);
  } catch (error) {
    if (error instanceof ConflictError) return;
    if (!(error instanceof NotFoundError)) throw error;
  }
  await ports.datasets.removeUser(run.workspaceId, run.datasetId, modelId);
}
