import { clusteringArtefact, diagnosisArtefact, downloadOf } from "../artefacts.ts";
import type { Handler } from "../services.ts";
import { storedArtefact } from "../stored-artefact.ts";

export const downloadRun: Handler<"downloadRun"> = async ({ path, body }, { workspaceId }, services) => {
  const run = await services.runs.get(workspaceId, path.runId);
  const find = run.kind === "clustering" ? clusteringArtefact : diagnosisArtefact;
  const artefact = await storedArtefact(services, { workspaceId, id: path.runId }, find(run, body.artefact));
  const download = await services.transfers.signDownload(downloadOf(artefact));
  return { ...download, ...(artefact.restored && { restored: true }) };
};
