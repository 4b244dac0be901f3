import { ConflictError, NotFoundError } from "../errors.ts";
import { modelIdOfRun } from "../ids.ts";
import { runPrefix } from "../object-keys.ts";
import type { Ports } from "../ports/ports.ts";
import { isActive, makesModel } from "../run.ts";
import { ifThere } from "./if-there.ts";

/**
 * Takes away a run that has ended, with all that it found.
 *
 * Order: the record, then the bytes. A crash between the two leaves bytes that no record names; deleting again removes
 * them before it says that there is no such run.
 * @throws NotFoundError; ConflictError while the run goes on, or while there is the model that it made, whose files are
 *   among those of the run
 */
export async function deleteRun(
  ports: Pick<Ports, "runs" | "models" | "objects">,
  workspaceId: string,
  runId: string,
): Promise<void> {
  const run = await ifThere(ports.runs.get(workspaceId, runId));
  if (run && isActive(run)) throw new ConflictError("run-not-ended", { id: runId, status: run.status });
  const modelId = modelIdOfRun(runId);
  const mayHaveModel = run === undefined || makesModel(run);
  if (mayHaveModel && (await ifThere(ports.models.get(workspaceId, modelId)))) {
    throw new ConflictError("run-has-model", { id: runId, model: modelId });
  }
  if (run) await ports.runs.delete(workspaceId, runId, run.version);
  await ports.objects.deletePrefix(runPrefix(workspaceId, runId));
  if (!run) throw new NotFoundError("run-not-found", { id: runId });
}
