import { Clusters } from "@systemhealer/contract/clusters";
import { readJson } from "@systemhealer/domain/use-cases/read-json";
import { clusteringArtefact } from "../artefacts.ts";
import type { Handler } from "../services.ts";
import { storedArtefact } from "../stored-artefact.ts";

export const getRunClusters: Handler<"getRunClusters"> = async ({ path }, { workspaceId }, services) => {
  const artefact = clusteringArtefact(await services.runs.get(workspaceId, path.runId), "clusters.json");
  const { objectKey } = await storedArtefact(services, { workspaceId, id: path.runId }, artefact);
  return readJson(services, objectKey, Clusters);
};
