import type { Run } from "@systemhealer/contract/run";
import { ConflictError, NotFoundError } from "../errors.ts";
import { chainedRunId } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import { failRun, queueDiagnosis } from "../run.ts";
import { awaitDataset, isOnItsWay, notReady } from "./await-dataset.ts";
import { createRunOnce } from "./create-run-once.ts";
import { startDiagnosis } from "./start-diagnosis.ts";

/**
 * Starts the diagnosis that a training was ordered with. The run's id follows from the training's, so that repeating it
 * starts one. Where the data set is still on its way, the diagnosis waits for it; where it cannot be diagnosed, the
 * diagnosis is there as a run that has failed. It is named after its own data set, after the training where that is gone.
 * @returns undefined where none was ordered, or the training gave no model
 */
export async function diagnoseAfterTraining(
  ports: Pick<Ports, "datasets" | "models" | "runs" | "workflows" | "clock">,
  training: Run,
): Promise<Run | undefined> {
  if (training.kind !== "training" || training.status !== "succeeded" || !training.thenDiagnose) return undefined;
  const { workspaceId, thenDiagnose: datasetId, createdBy, origin } = training;
  const { modelId } = training.result;
  const runId = chainedRunId(training.runId);
  let order = { workspaceId, datasetId, name: training.name, createdBy, origin, modelId, runId };
  try {
    const dataset = await ports.datasets.get(workspaceId, datasetId);
    order = { ...order, name: dataset.name };
    if (isOnItsWay(dataset)) return await awaitDataset(ports, order);
    return await startDiagnosis(ports, order);
  } catch (error) {
    if (!(error instanceof ConflictError || error instanceof NotFoundError)) throw error;
    const at = ports.clock().toISOString();
    const failed = failRun(queueDiagnosis(order, at), notReady, at);
    return createRunOnce(ports, { ...failed, version: 1 });
  }
}
