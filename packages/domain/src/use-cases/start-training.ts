import type { Run } from "@systemhealer/contract/run";
import { ConflictError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import { queueTraining, type TrainingOrder } from "../run.ts";
import { launchRun } from "./launch-run.ts";

/**
 * Order: the data set is held, the run is written, the execution is started. A crash after the first leaves a user
 * that never was (dropped by `deleteDataset`); after the second a queued run without execution, which the sweeper fails.
 * Repeating it with the same run id starts nothing twice.
 * @throws NotFoundError; ConflictError when the data set is not ready or was not checked for training
 */
export async function startTraining(
  ports: Pick<Ports, "datasets" | "models" | "runs" | "workflows" | "clock">,
  order: TrainingOrder,
): Promise<Run> {
  const dataset = await ports.datasets.get(order.workspaceId, order.datasetId);
  if (dataset.purpose !== "training") {
    throw new ConflictError("dataset-not-for-training", { id: dataset.datasetId });
  }
  await ports.datasets.addUser(order.workspaceId, order.datasetId, order.runId);
  return launchRun(ports, queueTraining(order, ports.clock().toISOString()));
}
