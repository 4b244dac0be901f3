import type { Run } from "@systemhealer/contract/run";
import type { Ports } from "../ports/ports.ts";
import { type DiagnosisOrder, queueDiagnosis } from "../run.ts";
import { launchRun } from "./launch-run.ts";

/**
 * Order: data set and model are held, the run is written, the execution is started; what a crash leaves behind is as
 * in `startTraining`.
 * @throws NotFoundError; ConflictError when the data set is not ready
 */
export async function startDiagnosis(
  ports: Pick<Ports, "datasets" | "models" | "runs" | "workflows" | "clock">,
  order: DiagnosisOrder,
): Promise<Run> {
  await ports.datasets.addUser(order.workspaceId, order.datasetId, order.runId);
  try {
    await ports.models.addUser(order.workspaceId, order.modelId, order.runId);
  } catch (error) {
    await ports.datasets.removeUser(order.workspaceId, order.datasetId, order.runId);
    throw error;
  }
  return launchRun(ports, queueDiagnosis(order, ports.clock().toISOString()));
}
