import { DiagnosisSummary } from "@systemhealer/contract/diagnosis";
import { readJson } from "@systemhealer/domain/use-cases/read-json";
import { diagnosisArtefact } from "../artefacts.ts";
import type { Handler } from "../services.ts";

export const getRunSummary: Handler<"getRunSummary"> = async ({ path }, { workspaceId }, services) => {
  const { objectKey } = diagnosisArtefact(await services.runs.get(workspaceId, path.runId), "summary.json");
  return readJson(services, objectKey, DiagnosisSummary);
};
