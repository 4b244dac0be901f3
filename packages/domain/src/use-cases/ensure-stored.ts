import { createHash } from "node:crypto";
import type { Artefact } from "@systemhealer/contract/artefact";
import { ConflictError, NotFoundError } from "../errors.ts";
import { newAuditId } from "../ids.ts";
import type { FormerObject, ObjectStore } from "../ports/object-store.ts";
import type { Ports } from "../ports/ports.ts";

/** Who is said to have done what the product does by itself. */
const system = "system";

/**
 * Looks whether a stored file is still the one that was written, by its size and mark alone, so that it takes no time. One
 * that is lost or damaged is restored from a former version, which the audit trail tells.
 * @param owner id of the model or run that has the file
 * @returns whether it was restored
 * @throws ConflictError `file-lost` where no version of it is whole
 */
export async function ensureStored(
  { objects, audit, clock }: Pick<Ports, "objects" | "audit" | "clock">,
  owner: { readonly workspaceId: string; readonly id: string; readonly requestId?: string },
  artefact: Artefact,
): Promise<boolean> {
  if (await looksWhole(objects, artefact)) return false;
  const { objectKey, name } = artefact;
  const marked = await findWhole(objects, artefact);
  // Moved from another store it and its former versions have other marks: their bytes tell.
  if (!marked && (await isWhole(objects, artefact))) return false;
  const version = marked ?? (await findWhole(objects, withoutMark(artefact)));
  if (!version) throw new ConflictError("file-lost", { id: owner.id, name });
  await objects.restore(objectKey, version);
  await audit.append({
    schema: "audit.v1",
    workspaceId: owner.workspaceId,
    auditId: newAuditId(),
    at: clock().toISOString(),
    userId: system,
    email: "",
    operation: "restoreFile",
    target: owner.id,
    details: { name, version: version.versionId },
    requestId: owner.requestId ?? "",
  });
  return true;
}

function withoutMark({ etag: _, ...artefact }: Artefact): Artefact {
  return artefact;
}

async function looksWhole(objects: ObjectStore, { objectKey, sizeBytes, etag }: Artefact): Promise<boolean> {
  try {
    const stored = await objects.head(objectKey);
    return stored.sizeBytes === sizeBytes && (etag === undefined || [stored.etag, stored.restoredEtag].includes(etag));
  } catch (error) {
    if (error instanceof NotFoundError) return false;
    throw error;
  }
}

async function findWhole(objects: ObjectStore, artefact: Artefact): Promise<FormerObject | undefined> {
  for (const version of await objects.formerVersions(artefact.objectKey)) {
    if (version.sizeBytes !== artefact.sizeBytes) continue;
    if (artefact.etag === undefined ? await isWhole(objects, artefact, version) : version.etag === artefact.etag)
      return version;
  }
  return undefined;
}

async function isWhole(objects: ObjectStore, artefact: Artefact, version?: FormerObject): Promise<boolean> {
  const { objectKey, sha256, sizeBytes } = artefact;
  try {
    const hash = createHash("sha256");
    const stored = await objects.read(objectKey, version ? { versionId: version.versionId } : {});
    if (stored.sizeBytes !== sizeBytes) return false;
    for await (const chunk of stored.body) hash.update(chunk);
    return hash.digest("hex") === sha256;
  } catch (error) {
    if (error instanceof NotFoundError) return false;
    throw error;
  }
}
