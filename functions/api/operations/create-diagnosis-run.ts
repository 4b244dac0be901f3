import { ConflictError } from "@systemhealer/domain/errors";
import { newRunId } from "@systemhealer/domain/ids";
import { runView } from "@systemhealer/domain/run";
import { expectRoomForRun } from "@systemhealer/domain/use-cases/check-quotas";
import { findActiveModel } from "@systemhealer/domain/use-cases/find-active-model";
import { startDiagnosis } from "@systemhealer/domain/use-cases/start-diagnosis";
import type { Handler } from "../services.ts";
import { expectModelStored } from "../stored-artefact.ts";

export const createDiagnosisRun: Handler<"createDiagnosisRun"> = async ({ body }, caller, services) => {
  const { workspaceId, userId: createdBy } = caller;
  const { datasetId } = body;
  await expectRoomForRun(services, workspaceId, services.limits);
  const dataset = await services.datasets.get(workspaceId, datasetId);
  const modelId = body.modelId ?? (await findActiveModel(services, workspaceId))?.modelId;
  if (modelId === undefined) throw new ConflictError("no-active-model");
  await expectModelStored(services, workspaceId, modelId);
  const name = body.name ?? dataset.name;
  const order = { workspaceId, runId: newRunId(), name, origin: "api" as const, datasetId, createdBy, modelId };
  const { explain, anomalyThreshold } = body;
  const choices = {
    ...(explain !== undefined && { explain }),
    ...(anomalyThreshold !== undefined && { anomalyThreshold }),
  };
  return runView(await startDiagnosis(services, { ...order, ...choices }));
};
