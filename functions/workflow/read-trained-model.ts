import { createHash } from "node:crypto";
import { type Artefact, modelArtefactNames } from "@systemhealer/contract/artefact";
import type { Model } from "@systemhealer/contract/model";
import { ModelCard, Report } from "@systemhealer/contract/model-card";
import type { TrainingRun } from "@systemhealer/contract/run";
import { expectDataset } from "@systemhealer/domain/dataset";
import { RunFailedError } from "@systemhealer/domain/errors";
import { modelIdOfRun } from "@systemhealer/domain/ids";
import { makeModel } from "@systemhealer/domain/model";
import { runArtefactKey } from "@systemhealer/domain/object-keys";
import type { Ports } from "@systemhealer/domain/ports/ports";
import { trainedArtefacts, trainedArtefactsName } from "@systemhealer/domain/trained-artefacts";
import { trainingKey } from "@systemhealer/domain/training-key";
import { readJson } from "@systemhealer/domain/use-cases/read-json";

/**
 * The model that a training left behind, its files read again and compared with what the trainer says it wrote, and the
 * key of what it came of: its own settings, which a further try may have given it in place of those ordered.
 * @throws RunFailedError `model-unusable` when a file is missing or not the one that was written
 */
export async function readTrainedModel(
  ports: Pick<Ports, "datasets" | "objects" | "clock">,
  run: TrainingRun,
): Promise<{ model: Model; key: string }> {
  const { workspaceId, runId, datasetId } = run;
  const artefacts = await readJson(ports, runArtefactKey(workspaceId, runId, trainedArtefactsName), trainedArtefacts);
  for (const name of modelArtefactNames) await checkArtefact(ports, artefacts, name);
  const card = await readJson(ports, runArtefactKey(workspaceId, runId, "model-card.json"), ModelCard);
  const report = await readJson(ports, runArtefactKey(workspaceId, runId, "report.json"), Report);
  const dataset = expectDataset(await ports.datasets.get(workspaceId, datasetId), "ready");
  const { sha256: datasetSha256, labelColumn } = dataset;
  const model = makeModel({
    ...{ workspaceId, datasetId, artefacts },
    modelId: modelIdOfRun(runId),
    name: run.name,
    trainingRunId: runId,
    datasetSha256,
    learner: card.learner,
    settings: card.settings,
    carriesSample: card.settings.keepSample && card.window === undefined,
    featureCount: card.features.length,
    classes: report.preparation.classes,
    accuracy: card.accuracy,
    macroF1: card.macroF1,
    createdAt: ports.clock().toISOString(),
    createdBy: run.createdBy,
  });
  const { settings, software } = card;
  return { model, key: trainingKey({ datasetSha256, labelColumn, settings, software }) };
}

/** @throws RunFailedError `model-unusable` where the file is missing or not the one that was written */
export async function checkArtefact({ objects }: Pick<Ports, "objects">, artefacts: readonly Artefact[], name: string) {
  const artefact = artefacts.find((each) => each.name === name);
  if (!artefact) throw new RunFailedError("model-unusable", { reason: "artefact-missing", name });
  const hash = createHash("sha256");
  const { body } = await objects.read(artefact.objectKey);
  for await (const chunk of body) hash.update(chunk);
  if (hash.digest("hex") !== artefact.sha256) {
    throw new RunFailedError("model-unusable", { reason: "artefact-changed", name });
  }
}
