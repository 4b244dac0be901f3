import type { Workspace } from "@systemhealer/contract/workspace";
import { NotFoundError, VersionConflictError } from "../errors.ts";
import { activeUser } from "../model.ts";
import type { Ports } from "../ports/ports.ts";

const maxTries = 8;

export interface Activation {
  readonly workspace: Workspace;
  /** The model that was active before; the same one where nothing changed. */
  readonly formerActiveModelId: string | null;
}

/**
 * Order: the model is held, the workspace points to it, the former one is let go. A crash after the first leaves a
 * mark that `deleteModel` drops, since the workspace's record is what counts; after the second a mark on the former.
 * @throws NotFoundError
 */
export async function activateModel(
  ports: Pick<Ports, "models" | "workspaces" | "clock">,
  order: {
    readonly workspaceId: string;
    readonly modelId: string;
    readonly userId: string;
    readonly onlyFirst?: boolean;
  },
): Promise<Activation> {
  const { workspaceId, modelId } = order;
  for (let attempt = 1; ; attempt++) {
    const at = ports.clock().toISOString();
    const workspace = await ports.workspaces.getOrCreate(workspaceId, order.userId, at);
    if (workspace.activeModelId === modelId) return { workspace, formerActiveModelId: modelId };
    const formerActiveModelId = workspace.activeModelId;
    if (order.onlyFirst && formerActiveModelId !== null) return { workspace, formerActiveModelId };
    await ports.models.addUser(workspaceId, modelId, activeUser);
    const next = { ...workspace, activeModelId: modelId, version: workspace.version + 1, updatedAt: at };
    try {
      await ports.workspaces.replace(next);
    } catch (error) {
      if (error instanceof VersionConflictError && attempt < maxTries) continue;
      throw error;
    }
    if (formerActiveModelId) await ports.models.removeUser(workspaceId, formerActiveModelId, activeUser);
    return { workspace: await keepIfThere(ports, next), formerActiveModelId };
  }
}

/** A model that was deleted while it became active cannot stay so. */
async function keepIfThere(ports: Pick<Ports, "models" | "workspaces">, workspace: Workspace): Promise<Workspace> {
  try {
    await ports.models.get(workspace.workspaceId, workspace.activeModelId ?? "");
    return workspace;
  } catch (error) {
    if (error instanceof NotFoundError) {
      await ports.workspaces.replace({ ...workspace, activeModelId: null, version: workspace.version + 1 });
    }
    throw error;
  }
}
