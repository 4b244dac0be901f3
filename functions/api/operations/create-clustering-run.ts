import { newRunId } from "@systemhealer/domain/ids";
import { runView } from "@systemhealer/domain/run";
import { expectRoomForRun } from "@systemhealer/domain/use-cases/check-quotas";
import { startClustering } from "@systemhealer/domain/use-cases/start-clustering";
import type { Handler } from "../services.ts";

export const createClusteringRun: Handler<"createClusteringRun"> = async ({ body }, caller, services) => {
  const { workspaceId, userId: createdBy } = caller;
  const { datasetId, method, clusters } = body;
  await expectRoomForRun(services, workspaceId, services.limits);
  const name = body.name ?? (await services.datasets.get(workspaceId, datasetId)).name;
  const order = { workspaceId, runId: newRunId(), name, origin: "api" as const, datasetId, createdBy, method };
  return runView(await startClustering(services, { ...order, ...(clusters !== undefined && { clusters }) }));
};
