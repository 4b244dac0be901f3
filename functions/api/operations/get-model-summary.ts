import { ModelCard, Report } from "@systemhealer/contract/model-card";
import { readJson } from "@systemhealer/domain/use-cases/read-json";
import { artefactNamed } from "../artefacts.ts";
import type { Handler } from "../services.ts";

export const getModelSummary: Handler<"getModelSummary"> = async ({ path }, { workspaceId }, services) => {
  const { artefacts, origin } = await services.models.get(workspaceId, path.modelId);
  const keyOf = (name: string) => artefactNamed(artefacts, name).objectKey;
  const [card, report] = await Promise.all([
    readJson(services, keyOf("model-card.json"), ModelCard),
    origin === "imported" ? undefined : readJson(services, keyOf("report.json"), Report),
  ]);
  return { card, ...(report && { report }) };
};
