import { artefactNamed, downloadOf } from "../artefacts.ts";
import type { Handler } from "../services.ts";

export const downloadModel: Handler<"downloadModel"> = async ({ path, body }, { workspaceId }, services) => {
  const { artefacts } = await services.models.get(workspaceId, path.modelId);
  return services.transfers.signDownload(downloadOf(artefactNamed(artefacts, body.artefact)));
};
