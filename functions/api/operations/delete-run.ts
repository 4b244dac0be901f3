import { deleteRun as removeRun } from "@systemhealer/domain/use-cases/delete-run";
import type { Handler } from "../services.ts";

export const deleteRun: Handler<"deleteRun"> = async ({ path }, { workspaceId }, services) => {
  await removeRun(services, workspaceId, path.runId);
  return undefined;
};
