import { createHash } from "node:crypto";
import type { Dataset } from "@systemhealer/contract/dataset";
import { announceDataset } from "../dataset.ts";
import { ConflictError } from "../errors.ts";
import { newDatasetId } from "../ids.ts";
import type { ArrivedObject } from "../object-keys.ts";
import type { Ports } from "../ports/ports.ts";

export type Drop = Extract<ArrivedObject, { kind: "drop" }> & {
  readonly key: string;
  readonly etag: string;
  readonly sizeBytes: number;
};

/** A dropped file may take this long to be copied before its data set counts as an upload that never came. */
const copyWithinMs = 15 * 60_000;

/**
 * Makes a data set of a dropped file, once for each content under each key. The bytes are copied to where uploads
 * arrive (so that a later drop of the same name cannot change them), and the copy's arrival starts the validation.
 *
 * Order: the drop is remembered, the record is written, the bytes are copied. A repeated event goes on where the former
 * broke off; without one, the sweeper removes a record whose bytes never came.
 * @returns `unknown-workspace` and `too-large` are for the administrators: nothing was done
 */
export async function acceptDrop(
  ports: Pick<Ports, "datasets" | "workspaces" | "objects" | "clock">,
  drop: Drop,
  maxFileBytes: number,
): Promise<"accepted" | "unknown-workspace" | "too-large"> {
  if (!(await ports.workspaces.find(drop.workspaceId))) return "unknown-workspace";
  if (drop.sizeBytes > maxFileBytes) return "too-large";
  const now = ports.clock();
  const at = now.toISOString();
  const dropHash = createHash("sha256").update(`${drop.key}\n${drop.etag}`).digest("hex");
  const datasetId = await ports.datasets.rememberDrop(drop.workspaceId, dropHash, newDatasetId(), at);
  const announced = announceDataset(
    {
      workspaceId: drop.workspaceId,
      datasetId,
      name: drop.fileName.slice(0, 200),
      fileName: drop.fileName.slice(-255),
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
  if (dataset.status === "uploading") await ports.objects.copy(drop.key, dataset.objectKey, drop.etag);
  return "accepted";
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
