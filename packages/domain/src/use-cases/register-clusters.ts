import { Clusters } from "@systemhealer/contract/clusters";
import type { ClusteringRun, Run } from "@systemhealer/contract/run";
import { RunFailedError } from "../errors.ts";
import { runArtefactKey } from "../object-keys.ts";
import type { Ports } from "../ports/ports.ts";
import { succeedClustering } from "../run.ts";
import { trainedArtefacts, trainedArtefactsName } from "../trained-artefacts.ts";
import { type EndRunPorts, endRun } from "./end-run.ts";
import { readJson } from "./read-json.ts";

/** Ends a clustering with what it left behind. Repeating it changes nothing. */
export async function registerClusters(
  ports: EndRunPorts & Pick<Ports, "objects" | "clock">,
  { workspaceId, runId }: ClusteringRun,
): Promise<Run> {
  const key = (name: string) => runArtefactKey(workspaceId, runId, name);
  const artefacts = await readJson(ports, key(trainedArtefactsName), trainedArtefacts);
  for (const name of ["clusters.csv", "clusters.json"]) {
    if (artefacts.some((artefact) => artefact.name === name)) continue;
    throw new RunFailedError("model-unusable", { reason: "artefact-missing", name });
  }
  const { rows, clusters, noiseRows } = await readJson(ports, key("clusters.json"), Clusters);
  const result = { rows, clusters: clusters.length, noiseRows, artefacts };
  const at = ports.clock().toISOString();
  const { run } = await endRun(ports, workspaceId, runId, (stored) => succeedClustering(stored, result, at));
  return run;
}
