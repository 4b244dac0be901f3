import { createHash } from "node:crypto";
import type { Model } from "@systemhealer/contract/model";
import { NotFoundError, RunFailedError } from "@systemhealer/domain/errors";
import type { ObjectStore } from "@systemhealer/domain/ports/object-store";

const maxModelBytes = 512 * 1024 ** 2;
const name = "model.onnx";

/**
 * The bytes of a model's file, as they were when the model was registered.
 * @throws RunFailedError `model-unusable`
 */
export async function readModel(objects: ObjectStore, { artefacts }: Model): Promise<Uint8Array> {
  const artefact = artefacts.find((each) => each.name === name);
  const bytes = artefact && (await readIfThere(objects, artefact.objectKey));
  if (!bytes) throw new RunFailedError("model-unusable", { reason: "artefact-missing", name });
  if (createHash("sha256").update(bytes).digest("hex") !== artefact.sha256) {
    throw new RunFailedError("model-unusable", { reason: "artefact-changed", name });
  }
  return bytes;
}

async function readIfThere(objects: ObjectStore, key: string): Promise<Uint8Array | undefined> {
  try {
    return await objects.readBytes(key, maxModelBytes);
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}
