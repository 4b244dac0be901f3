import type { Artefact } from "@systemhealer/contract/artefact";
import type { Run } from "@systemhealer/contract/run";
import { runArtefactKey } from "@systemhealer/domain/object-keys";
import type { ObjectStore } from "@systemhealer/domain/ports/object-store";
import { trainedArtefactsName, writeTrainedArtefacts } from "@systemhealer/domain/trained-artefacts";
import type { TrainedModel } from "@systemhealer/ml/pipeline/train-model";

/** Writes model, card and report, and last the list of them that the registration starts from. */
export async function writeArtefacts(objects: ObjectStore, run: Run, trained: TrainedModel): Promise<void> {
  const text = (value: object) => new TextEncoder().encode(JSON.stringify(value));
  const files = [
    { name: "model.onnx", bytes: trained.onnx, contentType: "application/octet-stream" },
    { name: "model-card.json", bytes: text(trained.card), contentType: "application/json" },
    { name: "report.json", bytes: text(trained.report), contentType: "application/json" },
  ];
  const artefacts: Artefact[] = [];
  for (const { name, bytes, contentType } of files) {
    const objectKey = runArtefactKey(run.workspaceId, run.runId, name);
    const { sizeBytes, sha256 } = await objects.write(objectKey, bytes, contentType);
    artefacts.push({ name, objectKey, contentType, sizeBytes, sha256 });
  }
  const listKey = runArtefactKey(run.workspaceId, run.runId, trainedArtefactsName);
  await objects.write(listKey, writeTrainedArtefacts(artefacts), "application/json");
}
