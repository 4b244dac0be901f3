import { removeMember as remove } from "@systemhealer/domain/use-cases/manage-members";
import type { Handler } from "../services.ts";

export const removeMember: Handler<"removeMember"> = async ({ path }, { workspaceId, userId: by }, services) => {
  await remove(services, workspaceId, { ...path, by });
  return undefined;
};
