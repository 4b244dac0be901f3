import type { Run } from "@systemhealer/contract/run";
import { expectDataset } from "../dataset.ts";
import { ConflictError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import { type AdaptationOrder, queueAdaptation } from "../run.ts";
import { launchRun } from "./launch-run.ts";

/**
 * Order: the data sets and the model are held, the run is written, the execution is started; what a crash leaves behind
 * is as in `startTraining`. Data sets for diagnosis will do: labels are needed of the labelled one only.
 * @throws NotFoundError; ConflictError when a data set is not ready, the labelled one has no labels, or the model is
 *   known to carry no training rows
 */
export async function startAdaptation(
  ports: Pick<Ports, "datasets" | "models" | "runs" | "workflows" | "clock">,
  order: AdaptationOrder,
): Promise<Run> {
  const { workspaceId, modelId, datasetId, labelledDatasetId, runId } = order;
  const model = await ports.models.get(workspaceId, modelId);
  if (model.carriesSample === false) throw new ConflictError("model-without-sample", { id: modelId });
  if (labelledDatasetId !== undefined) {
    const { classes } = expectDataset(await ports.datasets.get(workspaceId, labelledDatasetId), "ready");
    if (classes.length === 0) throw new ConflictError("dataset-without-labels", { id: labelledDatasetId });
  }
  const held: string[] = [];
  try {
    for (const id of new Set([datasetId, labelledDatasetId ?? datasetId])) {
      await ports.datasets.addUser(workspaceId, id, runId);
      held.push(id);
    }
    await ports.models.addUser(workspaceId, modelId, runId);
  } catch (error) {
    for (const id of held) await ports.datasets.removeUser(workspaceId, id, runId);
    throw error;
  }
  return launchRun(ports, queueAdaptation(order, ports.clock().toISOString()));
}
