import type { Model } from "@systemhealer/contract/model";
import { ConflictError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";

/** Holds the model's data set and writes the model, unless it is there already. */
export async function createModelOnce({ datasets, models }: Pick<Ports, "datasets" | "models">, model: Model) {
  const { workspaceId, modelId, datasetId } = model;
  if (datasetId !== undefined) await datasets.addUser(workspaceId, datasetId, modelId);
  try {
    await models.create(model);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
  }
}
