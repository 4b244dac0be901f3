import { createHash } from "node:crypto";
import type { Dataset } from "@systemhealer/contract/dataset";
import type { Limits } from "@systemhealer/contract/limits";
import { isPlainLine } from "@systemhealer/contract/plain-text";
import { announceDataset } from "../dataset.ts";
import { ConflictError, NotFoundError } from "../errors.ts";
import { newDatasetId } from "../ids.ts";
import type { ArrivedObject } from "../object-keys.ts";
import type { Ports } from "../ports/ports.ts";
import { storageQuotaOf } from "../quotas.ts";
import { storageUsed } from "./storage-used.ts";

export type Drop = Extract<ArrivedObject, { kind: "drop" }> & {
  readonly key: string;
  readonly etag: string;
  readonly sizeBytes: number;
  /** S3's mark of this very put: a repeated event has the same, the same file put again another. */
  readonly sequencer: string;
};

/** A dropped file may take this long to be copied before its data set counts as an upload that never came. */
const copyWithinMs = 15 * 60_000;

/**
 * Makes a data set of a dropped file, once for each time that it is put. The bytes are copied to where uploads
 * arrive (so that a later drop of the same name cannot change them), and the copy's arrival starts the validation.
 *
 * Order: the drop is remembered, the record is written, the bytes are copied. A repeated event goes on where the former
 * broke off; without one, the sweeper removes a record whose bytes never came.
 * @returns `unknown-workspace`, `too-large`, `name-unusable` (as the API refuses it) and `over-quota` are for the
 *   administrators: nothing was done. `replaced`: the file was taken away or overwritten before it could be copied; what
 *   overwrote it has an event of its own.
 */
export async function acceptDrop(
  ports: Pick<Ports, "datasets" | "workspaces" | "objects" | "clock">,
  drop: Drop,
  limits: Pick<Limits, "maxFileBytes" | "maxStorageBytes">,
): Promise<"accepted" | "unknown-workspace" | "too-large" | "name-unusable" | "over-quota" | "replaced"> {
  const workspace = await ports.workspaces.find(drop.workspaceId);
  if (!workspace) return "unknown-workspace";
  if (drop.sizeBytes > limits.maxFileBytes) return "too-large";
  if (!isPlainLine(drop.fileName)) return "name-unusable";
  const now = ports.clock();
  const at = now.toISOString();
  const dropHash = createHash("sha256").update(`${drop.key}\n${drop.etag}\n${drop.sequencer}`).digest("hex");
  const datasetId = await ports.datasets.rememberDrop(drop.workspaceId, dropHash, newDatasetId(), at);
  const hasRoom = async () => {
    const { storageBytes } = await storageUsed(ports, drop.workspaceId);
    return storageBytes + drop.sizeBytes <= storageQuotaOf(workspace, limits);
  };
  if (!(await isAnnounced(ports, drop.workspaceId, datasetId)) && !(await hasRoom())) return "over-quota";
  const announced = announceDataset(
    {
      workspaceId: drop.workspaceId,
      datasetId,
      name: drop.fileName.slice(0, 200).toWellFormed(),
      fileName: drop.fileName.slice(-255).toWellFormed(),
      purpose: drop.followUp === "train" ? "training" : "diagnosis",
      followUp: drop.followUp,
      origin: "drop",
      sizeBytes: drop.sizeBytes,
      createdBy: "drop",
      upload: { mode: "single" },
      expiresAt: new Date(now.getTime() + copyWithinMs).toISOString(),
    },
    at,
  );
  const dataset = await createOnce(ports, announced);
  if (dataset.status !== "uploading") return "accepted";
  try {
    await ports.objects.copy(drop.key, dataset.objectKey, drop.etag);
    return "accepted";
  } catch (error) {
    if (error instanceof NotFoundError || error instanceof ConflictError) return "replaced";
    throw error;
  }
}

/** A repeated event finds its data set, for which there was room. */
async function isAnnounced({ datasets }: Pick<Ports, "datasets">, workspaceId: string, id: string): Promise<boolean> {
  try {
    await datasets.get(workspaceId, id);
    return true;
  } catch (error) {
    if (error instanceof NotFoundError) return false;
    throw error;
  }
}

async function createOnce(ports: Pick<Ports, "datasets">, announced: Dataset): Promise<Dataset> {
  try {
    await ports.datasets.create(announced);
    return announced;
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    return ports.datasets.get(announced.workspaceId, announced.datasetId);
  }
}
