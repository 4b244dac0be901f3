import { Adaptation, leavesModel } from "@systemhealer/contract/adaptation";
import { adaptationArtefactNames, adaptedModelArtefactNames } from "@systemhealer/contract/artefact";
import { DiagnosisSummary } from "@systemhealer/contract/diagnosis";
import type { Model } from "@systemhealer/contract/model";
import { ModelCard } from "@systemhealer/contract/model-card";
import type { AdaptationRun } from "@systemhealer/contract/run";
import { expectDataset } from "@systemhealer/domain/dataset";
import { modelIdOfRun } from "@systemhealer/domain/ids";
import { makeModel } from "@systemhealer/domain/model";
import { runArtefactKey } from "@systemhealer/domain/object-keys";
import type { Ports } from "@systemhealer/domain/ports/ports";
import { trainedArtefacts, trainedArtefactsName } from "@systemhealer/domain/trained-artefacts";
import { readJson } from "@systemhealer/domain/use-cases/read-json";
import type { AdaptedResults } from "@systemhealer/domain/use-cases/register-adaptation";
import { checkArtefact } from "./read-trained-model.ts";

type ReadPorts = Pick<Ports, "datasets" | "objects" | "clock">;

/**
 * What an adaptation left behind, its files read again and compared with what the trainer says it wrote.
 * @throws RunFailedError `model-unusable` when a file is missing or not the one that was written
 */
export async function readAdaptedModel(ports: ReadPorts, run: AdaptationRun): Promise<AdaptedResults> {
  const keyOf = (name: string) => runArtefactKey(run.workspaceId, run.runId, name);
  const artefacts = await readJson(ports, keyOf(trainedArtefactsName), trainedArtefacts);
  const named = (names: readonly string[]) => artefacts.filter(({ name }) => names.includes(name));
  for (const name of ["results.csv", "summary.json", ...adaptationArtefactNames]) {
    await checkArtefact(ports, artefacts, name);
  }
  const adaptation = await readJson(ports, keyOf("adaptation.json"), Adaptation);
  const isAdapted = !leavesModel(adaptation.verdict);
  if (isAdapted) for (const name of adaptedModelArtefactNames) await checkArtefact(ports, artefacts, name);
  return {
    adaptation,
    summary: await readJson(ports, keyOf("summary.json"), DiagnosisSummary),
    artefacts: named(["results.csv", "summary.json", "sample.json", ...adaptationArtefactNames]),
    model: isAdapted ? await modelOf(ports, run, adaptation, named(adaptedModelArtefactNames)) : undefined,
  };
}

async function modelOf(
  ports: ReadPorts,
  run: AdaptationRun,
  { verdict, expectedAccuracy, labelledRows, rows, classes }: Adaptation,
  artefacts: Model["artefacts"],
): Promise<Model> {
  const { workspaceId, runId, datasetId } = run;
  const card = await readJson(ports, runArtefactKey(workspaceId, runId, "model-card.json"), ModelCard);
  const dataset = expectDataset(await ports.datasets.get(workspaceId, datasetId), "ready");
  return makeModel({
    ...{ workspaceId, datasetId, artefacts },
    modelId: modelIdOfRun(runId),
    name: run.name,
    trainingRunId: runId,
    adaptedFrom: run.modelId,
    adaptation: { verdict, expectedAccuracy, labelledRows, rows },
    carriesSample: true,
    datasetSha256: dataset.sha256,
    learner: card.learner,
    settings: card.settings,
    featureCount: card.features.length,
    classes,
    accuracy: card.accuracy,
    macroF1: card.macroF1,
    createdAt: ports.clock().toISOString(),
    createdBy: run.createdBy,
  });
}
