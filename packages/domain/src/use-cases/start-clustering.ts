import type { Run } from "@systemhealer/contract/run";
import type { Ports } from "../ports/ports.ts";
import { type ClusteringOrder, queueClustering } from "../run.ts";
import { launchRun } from "./launch-run.ts";

/**
 * Order and what a crash leaves behind as in `startTraining`. A data set for diagnosis will do: no label is needed.
 * @throws NotFoundError; ConflictError when the data set is not ready
 */
export async function startClustering(
  ports: Pick<Ports, "datasets" | "models" | "runs" | "workflows" | "clock">,
  order: ClusteringOrder,
): Promise<Run> {
  await ports.datasets.addUser(order.workspaceId, order.datasetId, order.runId);
  return launchRun(ports, queueClustering(order, ports.clock().toISOString()));
}
