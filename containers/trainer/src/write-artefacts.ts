import type { Artefact } from "@systemhealer/contract/artefact";
import type { Run } from "@systemhealer/contract/run";
import { runArtefactKey } from "@systemhealer/domain/object-keys";
import type { ObjectStore } from "@systemhealer/domain/ports/object-store";
import { trainedArtefactsName, writeTrainedArtefacts } from "@systemhealer/domain/trained-artefacts";
import type { TrainedModel } from "@systemhealer/ml/pipeline/train-model";

export interface RunFile {
  readonly name: string;
  readonly body: AsyncIterable<Uint8Array> | Uint8Array;
  readonly contentType: string;
}

/** Writes model, card and report, and last the list of them that the registration starts from. */
export function writeArtefacts(objects: ObjectStore, run: Run, trained: TrainedModel): Promise<void> {
  const text = (value: object) => new TextEncoder().encode(JSON.stringify(value));
  return writeRunFiles(objects, run, [
    { name: "model.onnx", body: trained.onnx, contentType: "application/octet-stream" },
    { name: "model-card.json", body: text(trained.card), contentType: "application/json" },
    { name: "report.json", body: text(trained.report), contentType: "application/json" },
  ]);
}

/**
 * Writes what a run leaves behind, and last the list of it.
 * @param written files of the list that are there already
 */
export async function writeRunFiles(
  objects: ObjectStore,
  run: Run,
  files: readonly RunFile[],
  written: readonly Artefact[] = [],
): Promise<void> {
  const artefacts: Artefact[] = [...written];
  for (const { name, body, contentType } of files) {
    const objectKey = runArtefactKey(run.workspaceId, run.runId, name);
    const { sizeBytes, sha256, etag } = await objects.write(objectKey, body, contentType);
    artefacts.push({ name, objectKey, contentType, sizeBytes, sha256, etag });
  }
  const listKey = runArtefactKey(run.workspaceId, run.runId, trainedArtefactsName);
  await objects.write(listKey, writeTrainedArtefacts(artefacts), "application/json");
}
