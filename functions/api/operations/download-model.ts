import { artefactNamed, downloadOf } from "../artefacts.ts";
import type { Handler } from "../services.ts";
import { storedArtefact } from "../stored-artefact.ts";

export const downloadModel: Handler<"downloadModel"> = async ({ path, body }, { workspaceId }, services) => {
  const { artefacts } = await services.models.get(workspaceId, path.modelId);
  const owner = { workspaceId, id: path.modelId };
  const artefact = await storedArtefact(services, owner, artefactNamed(artefacts, body.artefact));
  const download = await services.transfers.signDownload(downloadOf(artefact));
  return { ...download, ...(artefact.restored && { restored: true }) };
};
