import type { Model } from "@systemhealer/contract/model";
import { ConflictError, NotFoundError } from "../errors.ts";
import { runIdOfModel } from "../ids.ts";
import { activeUser } from "../model.ts";
import { runArtefactKey, runPrefix } from "../object-keys.ts";
import type { Ports } from "../ports/ports.ts";
import { isEnded, makesModel } from "../run.ts";
import { isStaleUser } from "./stale-users.ts";

/** Files that a model adapted from another does not leave to its run. */
const ownFiles = ["model.onnx", "model-card.json"] as const;

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
  await deleteFiles(ports, workspaceId, model.trainingRunId, model.adaptedFrom !== undefined);
}

/** @param keepsResults whether what else the run found stays with it */
async function deleteFiles(
  { objects }: Pick<Ports, "objects">,
  workspaceId: string,
  runId: string,
  keepsResults: boolean,
): Promise<void> {
  if (!keepsResults) return objects.deletePrefix(runPrefix(workspaceId, runId));
  for (const name of ownFiles) await objects.delete(runArtefactKey(workspaceId, runId, name));
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
    if (!makesModel(run) || !isEnded(run)) return;
    await ports.datasets.removeUser(workspaceId, run.datasetId, modelId);
    await deleteFiles(ports, workspaceId, run.runId, run.kind === "adaptation" && run.status === "succeeded");
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
}
