import { deleteModel as removeModel } from "@systemhealer/domain/use-cases/delete-model";
import type { Handler } from "../services.ts";

export const deleteModel: Handler<"deleteModel"> = async ({ path }, { workspaceId }, services) => {
  await removeModel(services, workspaceId, path.modelId);
  return undefined;
};
