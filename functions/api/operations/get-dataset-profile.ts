import { Profile } from "@systemhealer/contract/profile";
import { expectDataset } from "@systemhealer/domain/dataset";
import { readJson } from "@systemhealer/domain/use-cases/read-json";
import type { Handler } from "../services.ts";

export const getDatasetProfile: Handler<"getDatasetProfile"> = async ({ path }, { workspaceId }, services) => {
  const dataset = expectDataset(await services.datasets.get(workspaceId, path.datasetId), "ready");
  return readJson(services, dataset.profileKey, Profile);
};
