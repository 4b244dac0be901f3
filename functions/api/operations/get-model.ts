import { modelView } from "@systemhealer/domain/model";
import type { Handler } from "../services.ts";

export const getModel: Handler<"getModel"> = async ({ path }, { workspaceId }, { models, workspaces }) => {
  const [model, workspace] = await Promise.all([models.get(workspaceId, path.modelId), workspaces.find(workspaceId)]);
  return modelView(model, workspace?.activeModelId ?? null);
};
