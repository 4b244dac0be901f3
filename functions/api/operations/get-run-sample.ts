import { DiagnosisSample } from "@systemhealer/contract/diagnosis-sample";
import { readJson } from "@systemhealer/domain/use-cases/read-json";
import { diagnosisArtefact } from "../artefacts.ts";
import type { Handler } from "../services.ts";
import { storedArtefact } from "../stored-artefact.ts";

export const getRunSample: Handler<"getRunSample"> = async ({ path }, { workspaceId }, services) => {
  const artefact = diagnosisArtefact(await services.runs.get(workspaceId, path.runId), "sample.json");
  const { objectKey } = await storedArtefact(services, { workspaceId, id: path.runId }, artefact);
  return readJson(services, objectKey, DiagnosisSample);
};
