import { Adaptation } from "@systemhealer/contract/adaptation";
import { readJson } from "@systemhealer/domain/use-cases/read-json";
import { adaptationArtefact } from "../artefacts.ts";
import type { Handler } from "../services.ts";
import { storedArtefact } from "../stored-artefact.ts";

export const getRunAdaptation: Handler<"getRunAdaptation"> = async ({ path }, { workspaceId }, services) => {
  const artefact = adaptationArtefact(await services.runs.get(workspaceId, path.runId), "adaptation.json");
  const { objectKey } = await storedArtefact(services, { workspaceId, id: path.runId }, artefact);
  return readJson(services, objectKey, Adaptation);
};
