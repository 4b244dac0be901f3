import { z } from "zod";
import { ModelId, WorkspaceId } from "../ids.ts";
import { Limits } from "../limits.ts";
import { Role } from "../role.ts";
import { type Operation, operation } from "./operation.ts";

export const workspaceOperations = {
  getSession: operation({
    method: "GET",
    path: "/v1/session",
    summary: "Who is signed in, the workspace, the role and the limits.",
    role: "viewer",
    target: "api",
    status: 200,
    output: z.object({
      userId: z.string(),
      email: z.string(),
      workspaceId: WorkspaceId,
      role: Role,
      activeModelId: ModelId.nullable(),
      limits: Limits,
      /** Where files can be dropped without the API. */
      drops: z.object({ bucket: z.string(), trainPrefix: z.string(), diagnosePrefix: z.string() }),
    }),
    problems: [],
  }),
} as const satisfies Record<string, Operation>;
