import { z } from "zod";
import { ModelId, Timestamp, WorkspaceId } from "./ids.ts";

export const Workspace = z.object({
  schema: z.literal("workspace.v1"),
  workspaceId: WorkspaceId,
  activeModelId: ModelId.nullable(),
  version: z.int().positive(),
  createdAt: Timestamp,
  createdBy: z.string(),
  updatedAt: Timestamp,
});
export type Workspace = z.infer<typeof Workspace>;
