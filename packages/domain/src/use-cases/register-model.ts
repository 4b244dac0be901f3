import type { Model } from "@systemhealer/contract/model";
import type { Run } from "@systemhealer/contract/run";
import type { Ports } from "../ports/ports.ts";
import { succeedTraining } from "../run.ts";
import { activateModel } from "./activate-model.ts";
import { createModelOnce } from "./create-model-once.ts";
import { type EndRunPorts, endRun } from "./end-run.ts";

/**
 * Order: the data set is held for the model, the model is written, the run is ended, the model is remembered by what it
 * came of and becomes active where it is the workspace's first or comes from a drop (a drop asks for the model that
 * diagnoses from then on).
 * Repeating it goes on where it broke off. A run that ended otherwise meanwhile takes its model back (`endRun`).
 * @param key of `trainingKey`; without it the model is not found by the next such order
 */
export async function registerModel(
  ports: EndRunPorts & Pick<Ports, "workspaces" | "clock">,
  model: Model,
  origin: Run["origin"],
  key?: string,
): Promise<Run> {
  const { workspaceId, modelId, trainingRunId } = model;
  await createModelOnce(ports, model);
  const result = { modelId, accuracy: model.accuracy, macroF1: model.macroF1 };
  const at = ports.clock().toISOString();
  const { run } = await endRun(ports, workspaceId, trainingRunId, (stored) => succeedTraining(stored, result, at));
  if (run.status === "succeeded") {
    if (key !== undefined) await ports.models.rememberTrained(workspaceId, key, modelId);
    await activateModel(ports, { workspaceId, modelId, userId: model.createdBy, onlyFirst: origin === "api" });
  }
  return run;
}
