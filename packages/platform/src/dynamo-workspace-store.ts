import { Workspace } from "@systemhealer/contract/workspace";
import { ConflictError } from "@systemhealer/domain/errors";
import type { WorkspaceStore } from "@systemhealer/domain/ports/workspace-store";
import { workspaceKey } from "./dynamo-keys.ts";
import { createItem, findItem, replaceItem } from "./dynamo-records.ts";
import type { DynamoTable } from "./dynamo-table.ts";

export function dynamoWorkspaceStore(table: DynamoTable): WorkspaceStore {
  async function find(workspaceId: string): Promise<Workspace | undefined> {
    const item = await findItem(table, workspaceKey(workspaceId));
    return item && Workspace.parse(item);
  }
  return {
    find,
    async getOrCreate(workspaceId, userId, at) {
      const stored = await find(workspaceId);
      if (stored) return stored;
      const workspace: Workspace = {
        schema: "workspace.v1",
        workspaceId,
        activeModelId: null,
        version: 1,
        createdAt: at,
        createdBy: userId,
        updatedAt: at,
      };
      try {
        await createItem(table, workspaceKey(workspaceId), workspace);
        return workspace;
      } catch (error) {
        if (!(error instanceof ConflictError)) throw error;
        return Workspace.parse(await findItem(table, workspaceKey(workspaceId)));
      }
    },
    async replace(next) {
      await replaceItem(table, workspaceKey(next.workspaceId), next);
    },
  };
}
