import { DiagnosisSample } from "@systemhealer/contract/diagnosis-sample";
import { readJson } from "@systemhealer/domain/use-cases/read-json";
import { diagnosisArtefact } from "../artefacts.ts";
import type { Handler } from "../services.ts";

export const getRunSample: Handler<"getRunSample"> = async ({ path }, { workspaceId }, services) => {
  const { objectKey } = diagnosisArtefact(await services.runs.get(workspaceId, path.runId), "sample.json");
  return readJson(services, objectKey, DiagnosisSample);
};
