import { ConflictError } from "../errors.ts";
import { activeUser } from "../model.ts";
import { runPrefix } from "../object-keys.ts";
import type { Ports } from "../ports/ports.ts";
import { isStaleUser } from "./stale-users.ts";

/**
 * Order: the record (which only goes while nothing uses it), then its hold on the data set, then the bytes. A crash
 * leaves a model's id in the data set's `usedBy` (dropped by `deleteDataset`) or bytes that no record names.
 * @throws NotFoundError; ConflictError naming the first user, or that the model is the active one
 */
export async function deleteModel(
  ports: Pick<Ports, "datasets" | "models" | "runs" | "workspaces" | "objects" | "clock">,
  workspaceId: string,
  modelId: string,
): Promise<void> {
  const model = await ports.models.get(workspaceId, modelId);
  const workspace = await ports.workspaces.find(workspaceId);
  if (workspace?.activeModelId === modelId) throw new ConflictError("model-active", { id: modelId });
  for (const user of model.usedBy) {
    if (user !== activeUser && !(await isStaleUser(ports, workspaceId, user))) break;
    await ports.models.removeUser(workspaceId, modelId, user);
  }
  await ports.models.delete(workspaceId, modelId);
  await ports.datasets.removeUser(workspaceId, model.datasetId, modelId);
  await ports.objects.deletePrefix(runPrefix(workspaceId, model.trainingRunId));
}
