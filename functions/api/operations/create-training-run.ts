import { TrainingSettings } from "@systemhealer/contract/training-settings";
import { newRunId } from "@systemhealer/domain/ids";
import { runView } from "@systemhealer/domain/run";
import { expectRoomForRun } from "@systemhealer/domain/use-cases/check-quotas";
import { trainOrReuse } from "@systemhealer/domain/use-cases/train-or-reuse";
import { softwareName } from "@systemhealer/ml/software";
import { expectDiagnosable } from "../expect-diagnosable.ts";
import type { Handler } from "../services.ts";

export const createTrainingRun: Handler<"createTrainingRun"> = async ({ body }, caller, services) => {
  const { workspaceId, userId: createdBy } = caller;
  const { datasetId } = body;
  await expectRoomForRun(services, workspaceId, services.limits);
  const name = body.name ?? (await services.datasets.get(workspaceId, datasetId)).name;
  const settings = body.settings ?? TrainingSettings.parse({});
  const { thenDiagnose } = body;
  if (thenDiagnose !== undefined) await expectDiagnosable(services, workspaceId, thenDiagnose);
  const order = { workspaceId, runId: newRunId(), name, origin: "api" as const, datasetId, createdBy, settings };
  const chained = { ...order, ...(thenDiagnose !== undefined && { thenDiagnose }) };
  return runView(await trainOrReuse(services, chained, { software: softwareName, force: body.force }));
};
