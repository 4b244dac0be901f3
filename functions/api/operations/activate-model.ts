import { modelView } from "@systemhealer/domain/model";
import { activateModel as activate } from "@systemhealer/domain/use-cases/activate-model";
import type { Handler } from "../services.ts";

export const activateModel: Handler<"activateModel"> = async ({ path }, { workspaceId, userId }, services) => {
  const { activeModelId } = await activate(services, { workspaceId, modelId: path.modelId, userId });
  return modelView(await services.models.get(workspaceId, path.modelId), activeModelId);
};
