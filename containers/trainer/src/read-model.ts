import type { Model } from "@systemhealer/contract/model";
import { RunFailedError } from "@systemhealer/domain/errors";
import type { ObjectStore } from "@systemhealer/domain/ports/object-store";
import { readArtefact } from "@systemhealer/domain/use-cases/read-artefact";

const maxModelBytes = 512 * 1024 ** 2;
const name = "model.onnx";

/**
 * The bytes of a model's file, as they were when the model was registered.
 * @throws RunFailedError `model-unusable`
 */
export async function readModel(objects: ObjectStore, { artefacts }: Model): Promise<Uint8Array> {
  const artefact = artefacts.find((each) => each.name === name);
  if (!artefact) throw new RunFailedError("model-unusable", { reason: "artefact-missing", name });
  return (await readArtefact(objects, artefact, maxModelBytes)).bytes;
}
