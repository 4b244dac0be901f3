import { modelView } from "@systemhealer/domain/model";
import { pageRequest, tagFilter, viewPage } from "../page.ts";
import type { Handler } from "../services.ts";

export const listModels: Handler<"listModels"> = async ({ query }, { workspaceId }, { models, workspaces }) => {
  const [page, workspace] = await Promise.all([
    models.list(workspaceId, tagFilter(query), pageRequest(query)),
    workspaces.find(workspaceId),
  ]);
  return viewPage(page, (model) => modelView(model, workspace?.activeModelId ?? null));
};
