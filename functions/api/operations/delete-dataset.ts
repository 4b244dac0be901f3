import { deleteDataset as removeDataset } from "@systemhealer/domain/use-cases/delete-dataset";
import type { Handler } from "../services.ts";

export const deleteDataset: Handler<"deleteDataset"> = async ({ path }, { workspaceId }, services) => {
  await removeDataset(services, workspaceId, path.datasetId);
  return undefined;
};
