import { DiagnosisSummary } from "@systemhealer/contract/diagnosis";
import { readJson } from "@systemhealer/domain/use-cases/read-json";
import { diagnosisArtefact } from "../artefacts.ts";
import type { Handler } from "../services.ts";
import { storedArtefact } from "../stored-artefact.ts";

export const getRunSummary: Handler<"getRunSummary"> = async ({ path }, { workspaceId }, services) => {
  const artefact = diagnosisArtefact(await services.runs.get(workspaceId, path.runId), "summary.json");
  const { objectKey } = await storedArtefact(services, { workspaceId, id: path.runId }, artefact);
  return readJson(services, objectKey, DiagnosisSummary);
};
