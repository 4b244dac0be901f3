import { ConflictError, InvalidError } from "@systemhealer/domain/errors";
import { newRunId } from "@systemhealer/domain/ids";
import { runView } from "@systemhealer/domain/run";
import { expectRoomForRun } from "@systemhealer/domain/use-cases/check-quotas";
import { expectVerifiable } from "@systemhealer/domain/use-cases/expect-verifiable";
import { findActiveModel } from "@systemhealer/domain/use-cases/find-active-model";
import { startDiagnosis } from "@systemhealer/domain/use-cases/start-diagnosis";
import type { Handler } from "../services.ts";
import { expectModelStored } from "../stored-artefact.ts";

export const createDiagnosisRun: Handler<"createDiagnosisRun"> = async ({ body }, caller, services) => {
  const { workspaceId, userId: createdBy } = caller;
  const { datasetId } = body;
  await expectRoomForRun(services, workspaceId, services.limits);
  const dataset = await services.datasets.get(workspaceId, datasetId);
  const { explain, anomalyThreshold, verifies, normalClass } = body;
  if (normalClass !== undefined && verifies === undefined) throw new InvalidError("normal-class-unasked");
  const verified = verifies && (await expectVerifiable(services, workspaceId, { ...body, verifies }));
  const named = verified ? verified.modelId : body.modelId;
  const modelId = named ?? (await findActiveModel(services, workspaceId))?.modelId;
  if (modelId === undefined) throw new ConflictError("no-active-model");
  await expectModelStored(services, workspaceId, modelId);
  const name = body.name ?? dataset.name;
  const order = { workspaceId, runId: newRunId(), name, origin: "api" as const, datasetId, createdBy, modelId };
  const choices = {
    ...(explain !== undefined && { explain }),
    ...(anomalyThreshold !== undefined && { anomalyThreshold }),
    ...(verified && { verifies: verified.runId }),
    ...(normalClass !== undefined && { normalClass }),
  };
  return runView(await startDiagnosis(services, { ...order, ...choices }));
};
