import { Adaptation } from "@systemhealer/contract/adaptation";
import { readJson } from "@systemhealer/domain/use-cases/read-json";
import { adaptationArtefact } from "../artefacts.ts";
import type { Handler } from "../services.ts";

export const getRunAdaptation: Handler<"getRunAdaptation"> = async ({ path }, { workspaceId }, services) => {
  const { objectKey } = adaptationArtefact(await services.runs.get(workspaceId, path.runId), "adaptation.json");
  return readJson(services, objectKey, Adaptation);
};
