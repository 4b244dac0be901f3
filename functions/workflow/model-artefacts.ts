import type { Model } from "@systemhealer/contract/model";
import { ModelCard } from "@systemhealer/contract/model-card";
import { RunFailedError } from "@systemhealer/domain/errors";
import type { ObjectStore } from "@systemhealer/domain/ports/object-store";
import { readArtefact } from "@systemhealer/domain/use-cases/read-artefact";

const maxBytes = 512 * 1024 ** 2;

/**
 * The bytes of one of a model's files, as they were when the model was registered.
 * @throws RunFailedError `model-unusable`
 */
export async function readModelFile(
  objects: ObjectStore,
  { artefacts }: Pick<Model, "artefacts">,
  name: "model.onnx" | "model-card.json",
): Promise<Uint8Array> {
  const artefact = artefacts.find((each) => each.name === name);
  if (!artefact) throw new RunFailedError("model-unusable", { reason: "artefact-missing", name });
  return (await readArtefact(objects, artefact, maxBytes)).bytes;
}

/** @throws RunFailedError `model-unusable` */
export async function readModelCard(objects: ObjectStore, model: Pick<Model, "artefacts">): Promise<ModelCard> {
  const name = "model-card.json";
  const bytes = await readModelFile(objects, model, name);
  try {
    return ModelCard.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    throw new RunFailedError("model-unusable", { reason: "artefact-changed", name }, { cause });
  }
}
