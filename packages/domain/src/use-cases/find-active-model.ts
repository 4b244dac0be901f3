import type { Model } from "@systemhealer/contract/model";
import { NotFoundError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";

/** The workspace's active model; undefined where there is none, or it is gone. */
export async function findActiveModel(
  ports: Pick<Ports, "models" | "workspaces">,
  workspaceId: string,
): Promise<Model | undefined> {
  const workspace = await ports.workspaces.find(workspaceId);
  if (!workspace?.activeModelId) return undefined;
  try {
    return await ports.models.get(workspaceId, workspace.activeModelId);
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}
