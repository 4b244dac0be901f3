import { clusteringArtefact, diagnosisArtefact, downloadOf } from "../artefacts.ts";
import type { Handler } from "../services.ts";

export const downloadRun: Handler<"downloadRun"> = async ({ path, body }, { workspaceId }, services) => {
  const run = await services.runs.get(workspaceId, path.runId);
  const artefact = run.kind === "clustering" ? clusteringArtefact : diagnosisArtefact;
  return services.transfers.signDownload(downloadOf(artefact(run, body.artefact)));
};
