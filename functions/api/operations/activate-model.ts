import { modelView } from "@systemhealer/domain/model";
import { activateModel as activate } from "@systemhealer/domain/use-cases/activate-model";
import type { Handler } from "../services.ts";
import { expectModelStored } from "../stored-artefact.ts";

export const activateModel: Handler<"activateModel"> = async ({ path }, { workspaceId, userId }, services) => {
  await expectModelStored(services, workspaceId, path.modelId);
  const { workspace, formerActiveModelId } = await activate(services, { workspaceId, modelId: path.modelId, userId });
  const model = await services.models.get(workspaceId, path.modelId);
  return { ...modelView(model, workspace.activeModelId), formerActiveModelId };
};
