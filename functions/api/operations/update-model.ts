import { modelView } from "@systemhealer/domain/model";
import { annotationBy } from "../annotation-by.ts";
import type { Handler } from "../services.ts";

export const updateModel: Handler<"updateModel"> = async ({ path, body }, caller, services) => {
  const { workspaceId } = caller;
  const model = await services.models.annotate(workspaceId, path.modelId, annotationBy(caller, body, services.clock()));
  const workspace = await services.workspaces.find(workspaceId);
  return modelView(model, workspace?.activeModelId ?? null);
};
