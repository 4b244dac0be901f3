import { diagnosisArtefact, downloadOf } from "../artefacts.ts";
import type { Handler } from "../services.ts";

export const downloadRun: Handler<"downloadRun"> = async ({ path, body }, { workspaceId }, services) => {
  const run = await services.runs.get(workspaceId, path.runId);
  return services.transfers.signDownload(downloadOf(diagnosisArtefact(run, body.artefact)));
};
