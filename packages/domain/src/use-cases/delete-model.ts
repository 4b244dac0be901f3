import type { Model } from "@systemhealer/contract/model";
import { ConflictError, NotFoundError } from "../errors.ts";
import { runIdOfModel } from "../ids.ts";
import { activeUser } from "../model.ts";
import { runPrefix } from "../object-keys.ts";
import type { Ports } from "../ports/ports.ts";
import { isEnded } from "../run.ts";
import { isStaleUser } from "./stale-users.ts";

/**
 * Order: the record (which only goes while nothing uses it), then its hold on the data set, then the bytes. A crash
 * leaves a model's id in the data set's `usedBy` or bytes that no record names; deleting again lets go of both before it
 * says that there is no such model.
 * @throws NotFoundError; ConflictError naming the first user, or that the model is the active one
 */
export async function deleteModel(
  ports: Pick<Ports, "datasets" | "models" | "runs" | "workspaces" | "objects" | "clock">,
  workspaceId: string,
  modelId: string,
): Promise<void> {
  const model = await findModel(ports, workspaceId, modelId);
  const workspace = await ports.workspaces.find(workspaceId);
  if (workspace?.activeModelId === modelId) throw new ConflictError("model-active", { id: modelId });
  for (const user of model.usedBy) {
    if (user !== activeUser && !(await isStaleUser(ports, workspaceId, user))) break;
    await ports.models.removeUser(workspaceId, modelId, user);
  }
  await ports.models.delete(workspaceId, modelId);
  if (model.datasetId !== undefined) await ports.datasets.removeUser(workspaceId, model.datasetId, modelId);
  await ports.objects.deletePrefix(runPrefix(workspaceId, model.trainingRunId));
}

async function findModel(
  ports: Pick<Ports, "datasets" | "models" | "runs" | "objects">,
  workspaceId: string,
  modelId: string,
): Promise<Model> {
  try {
    return await ports.models.get(workspaceId, modelId);
  } catch (error) {
    if (error instanceof NotFoundError) await clearAway(ports, workspaceId, modelId);
    throw error;
  }
}

/** What is left of a model without a record, unless its training is still under way. */
async function clearAway(
  ports: Pick<Ports, "datasets" | "runs" | "objects">,
  workspaceId: string,
  modelId: string,
): Promise<void> {
  try {
    const run = await ports.runs.get(workspaceId, runIdOfModel(modelId));
    if (run.kind !== "training" || !isEnded(run)) return;
    await ports.datasets.removeUser(workspaceId, run.datasetId, modelId);
    await ports.objects.deletePrefix(runPrefix(workspaceId, run.runId));
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
}
