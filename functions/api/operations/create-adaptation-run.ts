import { AdaptationSettings } from "@systemhealer/contract/adaptation";
import { ConflictError } from "@systemhealer/domain/errors";
import { newRunId } from "@systemhealer/domain/ids";
import { runView } from "@systemhealer/domain/run";
import { expectRoomForRun } from "@systemhealer/domain/use-cases/check-quotas";
import { findActiveModel } from "@systemhealer/domain/use-cases/find-active-model";
import { startAdaptation } from "@systemhealer/domain/use-cases/start-adaptation";
import type { Handler } from "../services.ts";
import { expectModelStored } from "../stored-artefact.ts";

export const createAdaptationRun: Handler<"createAdaptationRun"> = async ({ body }, caller, services) => {
  const { workspaceId, userId: createdBy } = caller;
  const { datasetId, labelledDatasetId } = body;
  await expectRoomForRun(services, workspaceId, services.limits);
  const dataset = await services.datasets.get(workspaceId, datasetId);
  const modelId = body.modelId ?? (await findActiveModel(services, workspaceId))?.modelId;
  if (modelId === undefined) throw new ConflictError("no-active-model");
  await expectModelStored(services, workspaceId, modelId);
  const name = body.name ?? dataset.name;
  const settings = body.settings ?? AdaptationSettings.parse({});
  const order = {
    workspaceId,
    runId: newRunId(),
    name,
    origin: "api" as const,
    datasetId,
    createdBy,
    modelId,
    settings,
  };
  return runView(
    await startAdaptation(services, { ...order, ...(labelledDatasetId !== undefined && { labelledDatasetId }) }),
  );
};
