import type { Workspace } from "@systemhealer/contract/workspace";

export interface WorkspaceStore {
  /** Creates the record at first sight of the workspace. */
  getOrCreate(workspaceId: string, userId: string, at: string): Promise<Workspace>;
  /** @throws VersionConflictError */
  replace(next: Workspace): Promise<void>;
}
