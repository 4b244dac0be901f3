import { NotFoundError } from "../errors.ts";
import { datasetPrefix, uploadKey } from "../object-keys.ts";
import type { Ports } from "../ports/ports.ts";
import { isStaleUser } from "./stale-users.ts";

/**
 * Order: the record (which only goes while nothing uses it), then the bytes. A crash between the two leaves bytes that
 * no record names; deleting again removes them before it says that there is no such data set.
 * @throws NotFoundError; ConflictError naming the first user
 */
export async function deleteDataset(
  ports: Pick<Ports, "datasets" | "models" | "runs" | "objects" | "transfers" | "workflows" | "clock">,
  workspaceId: string,
  datasetId: string,
): Promise<void> {
  try {
    const dataset = await ports.datasets.get(workspaceId, datasetId);
    if (dataset.status === "ready") {
      for (const user of dataset.usedBy) {
        if (!(await isStaleUser(ports, workspaceId, user))) break;
        await ports.datasets.removeUser(workspaceId, datasetId, user);
      }
    }
    await ports.datasets.delete(workspaceId, datasetId, dataset.version);
    if (dataset.status === "validating") await ports.workflows.stopIngest(datasetId, "deleted");
    if (dataset.status === "uploading" && dataset.upload.mode === "multipart") {
      await ports.transfers.abortMultipart(dataset.objectKey, dataset.upload.uploadId);
    }
  } catch (error) {
    if (error instanceof NotFoundError) await deleteBytes(ports, workspaceId, datasetId);
    throw error;
  }
  await deleteBytes(ports, workspaceId, datasetId);
}

async function deleteBytes(ports: Pick<Ports, "objects">, workspaceId: string, datasetId: string): Promise<void> {
  await ports.objects.delete(uploadKey(workspaceId, datasetId));
  await ports.objects.deletePrefix(datasetPrefix(workspaceId, datasetId));
}
