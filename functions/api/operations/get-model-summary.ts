import { Adaptation } from "@systemhealer/contract/adaptation";
import { ModelCard, Report } from "@systemhealer/contract/model-card";
import { readJson } from "@systemhealer/domain/use-cases/read-json";
import { artefactNamed } from "../artefacts.ts";
import type { Handler } from "../services.ts";
import { storedArtefact } from "../stored-artefact.ts";

export const getModelSummary: Handler<"getModelSummary"> = async ({ path }, { workspaceId }, services) => {
  const { artefacts } = await services.models.get(workspaceId, path.modelId);
  const isThere = (wanted: string) => artefacts.some(({ name }) => name === wanted);
  const keyOf = async (name: string) => {
    const owner = { workspaceId, id: path.modelId };
    return (await storedArtefact(services, owner, artefactNamed(artefacts, name))).objectKey;
  };
  const [card, report, adaptation] = await Promise.all([
    readJson(services, await keyOf("model-card.json"), ModelCard),
    isThere("report.json") ? readJson(services, await keyOf("report.json"), Report) : undefined,
    isThere("adaptation.json") ? readJson(services, await keyOf("adaptation.json"), Adaptation) : undefined,
  ]);
  return { card, ...(report && { report }), ...(adaptation && { adaptation }) };
};
