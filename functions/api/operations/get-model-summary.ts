import { Adaptation } from "@systemhealer/contract/adaptation";
import { ModelCard, Report } from "@systemhealer/contract/model-card";
import { readJson } from "@systemhealer/domain/use-cases/read-json";
import { artefactNamed } from "../artefacts.ts";
import type { Handler } from "../services.ts";

export const getModelSummary: Handler<"getModelSummary"> = async ({ path }, { workspaceId }, services) => {
  const { artefacts } = await services.models.get(workspaceId, path.modelId);
  const isThere = (wanted: string) => artefacts.some(({ name }) => name === wanted);
  const keyOf = (name: string) => artefactNamed(artefacts, name).objectKey;
  const [card, report, adaptation] = await Promise.all([
    readJson(services, keyOf("model-card.json"), ModelCard),
    isThere("report.json") ? readJson(services, keyOf("report.json"), Report) : undefined,
    isThere("adaptation.json") ? readJson(services, keyOf("adaptation.json"), Adaptation) : undefined,
  ]);
  return { card, ...(report && { report }), ...(adaptation && { adaptation }) };
};
