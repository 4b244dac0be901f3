import { createHash } from "node:crypto";
import type { Artefact } from "@systemhealer/contract/artefact";
import { NotFoundError, RunFailedError } from "../errors.ts";
import type { ObjectStore } from "../ports/object-store.ts";

/** So many former versions are looked at; a file that is damaged more often than that is beyond help. */
const maxFormerVersions = 20;

/**
 * The bytes of an artefact as they were when it was registered: those that are stored, or where they are lost or
 * damaged, those of a former version that the store has kept.
 * @returns also the former version that they are of, where they are of one
 * @throws RunFailedError `model-unusable` where no version has them; InvalidError when they are more than `maxBytes`
 */
export async function readArtefact(
  objects: ObjectStore,
  artefact: Pick<Artefact, "name" | "objectKey" | "sizeBytes" | "sha256">,
  maxBytes: number,
): Promise<{ readonly bytes: Uint8Array; readonly formerVersion?: string }> {
  const { name, objectKey, sizeBytes, sha256 } = artefact;
  const isWhole = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex") === sha256;
  const stored = await readIfThere(objects, objectKey, maxBytes);
  if (stored && isWhole(stored)) return { bytes: stored };
  const former = await objects.formerVersions(objectKey);
  for (const version of former.slice(0, maxFormerVersions)) {
    if (version.sizeBytes !== sizeBytes) continue;
    const bytes = await readIfThere(objects, objectKey, maxBytes, version.versionId);
    if (bytes && isWhole(bytes)) return { bytes, formerVersion: version.versionId };
  }
  throw new RunFailedError("model-unusable", { reason: stored ? "artefact-changed" : "artefact-missing", name });
}

async function readIfThere(
  objects: ObjectStore,
  key: string,
  maxBytes: number,
  versionId?: string,
): Promise<Uint8Array | undefined> {
  try {
    return await objects.readBytes(key, maxBytes, versionId);
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}
