import { ModelCard, Report } from "@systemhealer/contract/model-card";
import { readJson } from "@systemhealer/domain/use-cases/read-json";
import { artefactNamed } from "../artefacts.ts";
import type { Handler } from "../services.ts";

export const getModelSummary: Handler<"getModelSummary"> = async ({ path }, { workspaceId }, services) => {
  const { artefacts } = await services.models.get(workspaceId, path.modelId);
  const [card, report] = await Promise.all([
    readJson(services, artefactNamed(artefacts, "model-card.json").objectKey, ModelCard),
    readJson(services, artefactNamed(artefacts, "report.json").objectKey, Report),
  ]);
  return { card, report };
};
