import type { Run } from "@systemhealer/contract/run";
import { ConflictError, NotFoundError } from "../errors.ts";
import { chainedRunId } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import { failRun, queueDiagnosis } from "../run.ts";
import { createRunOnce } from "./create-run-once.ts";
import { startDiagnosis } from "./start-diagnosis.ts";

/**
 * Starts the diagnosis that a training was ordered with. The run's id follows from the training's, so that repeating it
 * starts one. Where the data set cannot be diagnosed, the diagnosis is there as a run that has failed.
 * @returns undefined where none was ordered, or the training gave no model
 */
export async function diagnoseAfterTraining(
  ports: Pick<Ports, "datasets" | "models" | "runs" | "workflows" | "clock">,
  training: Run,
): Promise<Run | undefined> {
  if (training.kind !== "training" || training.status !== "succeeded" || !training.thenDiagnose) return undefined;
  const { workspaceId, thenDiagnose: datasetId, name, createdBy, origin } = training;
  const { modelId } = training.result;
  const order = { workspaceId, datasetId, name, createdBy, origin, modelId, runId: chainedRunId(training.runId) };
  try {
    return await startDiagnosis(ports, order);
  } catch (error) {
    if (!(error instanceof ConflictError || error instanceof NotFoundError)) throw error;
    const at = ports.clock().toISOString();
    const failure = { code: "data-unusable" as const, parameters: { reason: "not-ready" } };
    const failed = failRun(queueDiagnosis(order, at), failure, at);
    return createRunOnce(ports, { ...failed, version: 1 });
  }
}
