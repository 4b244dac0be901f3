import { Clusters } from "@systemhealer/contract/clusters";
import { readJson } from "@systemhealer/domain/use-cases/read-json";
import { clusteringArtefact } from "../artefacts.ts";
import type { Handler } from "../services.ts";

export const getRunClusters: Handler<"getRunClusters"> = async ({ path }, { workspaceId }, services) => {
  const { objectKey } = clusteringArtefact(await services.runs.get(workspaceId, path.runId), "clusters.json");
  return readJson(services, objectKey, Clusters);
};
