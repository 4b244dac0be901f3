import type { Model } from "@systemhealer/contract/model";
import type { Run } from "@systemhealer/contract/run";
import type { Ports } from "../ports/ports.ts";
import { queueTraining, reuseModel, type TrainingOrder } from "../run.ts";
import { trainingKey } from "../training-key.ts";
import { activateModel } from "./activate-model.ts";
import { createRunOnce } from "./create-run-once.ts";
import { diagnoseAfterTraining } from "./diagnose-after-training.ts";
import { startTraining } from "./start-training.ts";

export interface TrainOrReuseOptions {
  /** Name and version of what trains. */
  readonly software: string;
  /** Train even where there is such a model. */
  readonly force?: boolean | undefined;
}

type TrainPorts = Pick<Ports, "datasets" | "models" | "runs" | "workspaces" | "workflows" | "clock">;

/**
 * Starts a training, unless the workspace has a model of the same bytes, settings and software: then the run is over at
 * once and its result is that model. Two such orders at the same moment both train.
 * @throws as `startTraining`
 */
export async function trainOrReuse(
  ports: TrainPorts,
  order: TrainingOrder,
  options: TrainOrReuseOptions,
): Promise<Run> {
  const known = options.force ? undefined : await knownModel(ports, order, options.software);
  return known ? endWith(ports, order, known) : startTraining(ports, order);
}

async function knownModel(ports: TrainPorts, order: TrainingOrder, software: string): Promise<Model | undefined> {
  const { workspaceId, datasetId, settings } = order;
  const dataset = await ports.datasets.get(workspaceId, datasetId);
  if (dataset.status !== "ready" || dataset.purpose !== "training") return undefined;
  const { sha256: datasetSha256, labelColumn } = dataset;
  return ports.models.findTrained(workspaceId, trainingKey({ datasetSha256, labelColumn, settings, software }));
}

/**
 * Order: the run, then what follows a training: the model becomes active as in `registerModel`, and diagnoses what it
 * was ordered to. Repeating it goes on where it broke off.
 */
async function endWith(ports: TrainPorts, order: TrainingOrder, { modelId, accuracy, macroF1 }: Model): Promise<Run> {
  const at = ports.clock().toISOString();
  const ended = reuseModel(queueTraining(order, at), { modelId, accuracy, macroF1 }, at);
  const run = await createRunOnce(ports, ended);
  if (run.status !== "succeeded") return run;
  const { workspaceId, createdBy: userId, origin } = order;
  await activateModel(ports, { workspaceId, modelId, userId, onlyFirst: origin === "api" });
  await diagnoseAfterTraining(ports, run);
  return run;
}
