import type { Workspace } from "@systemhealer/contract/workspace";

export interface WorkspaceStore {
  /** undefined where no member has been seen yet */
  find(workspaceId: string): Promise<Workspace | undefined>;
  /** Creates the record at first sight of the workspace. */
  getOrCreate(workspaceId: string, userId: string, at: string): Promise<Workspace>;
  /** @throws VersionConflictError */
  replace(next: Workspace): Promise<void>;
}
