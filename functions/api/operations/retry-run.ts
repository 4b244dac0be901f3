import { newRunId } from "@systemhealer/domain/ids";
import { retryOf, runView } from "@systemhealer/domain/run";
import { expectRoomForRun } from "@systemhealer/domain/use-cases/check-quotas";
import { startAdaptation } from "@systemhealer/domain/use-cases/start-adaptation";
import { startClustering } from "@systemhealer/domain/use-cases/start-clustering";
import { startDiagnosis } from "@systemhealer/domain/use-cases/start-diagnosis";
import { startTraining } from "@systemhealer/domain/use-cases/start-training";
import type { Handler } from "../services.ts";

export const retryRun: Handler<"retryRun"> = async ({ path }, { workspaceId, userId: createdBy }, services) => {
  const order = retryOf(await services.runs.get(workspaceId, path.runId), { runId: newRunId(), createdBy });
  await expectRoomForRun(services, workspaceId, services.limits);
  if (order.kind === "adaptation") return runView(await startAdaptation(services, order));
  if (order.kind === "clustering") return runView(await startClustering(services, order));
  return runView(await (order.kind === "training" ? startTraining(services, order) : startDiagnosis(services, order)));
};
