import { z } from "zod";
import { ModelId, Timestamp, WorkspaceId } from "./ids.ts";
import { Quotas } from "./quotas.ts";

export const Workspace = z.object({
  schema: z.literal("workspace.v1"),
  workspaceId: WorkspaceId,
  activeModelId: ModelId.nullable(),
  /** Those that its administrator has set. */
  quotas: Quotas.partial().optional(),
  version: z.int().positive(),
  createdAt: Timestamp,
  createdBy: z.string(),
  updatedAt: Timestamp,
});
export type Workspace = z.infer<typeof Workspace>;
