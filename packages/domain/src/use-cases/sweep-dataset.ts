import type { Dataset } from "@systemhealer/contract/dataset";
import { NotFoundError, VersionConflictError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import { beginValidation } from "./begin-validation.ts";
import { interruptValidation } from "./interrupt-validation.ts";

/**
 * Mends a data set that stands still: an upload whose bytes are there goes on to validation (its event was lost), one
 * whose time is over is removed, and a validation that went silent is rejected.
 */
export async function sweepDataset(
  ports: Pick<Ports, "datasets" | "objects" | "transfers" | "workflows" | "clock">,
  dataset: Dataset,
): Promise<"resumed" | "removed" | "interrupted" | "left"> {
  const { workspaceId, datasetId } = dataset;
  if (dataset.status === "validating") {
    await ports.workflows.stopIngest(datasetId, "validation-interrupted");
    return (await interruptValidation(ports, workspaceId, datasetId)) ? "interrupted" : "left";
  }
  if (dataset.status !== "uploading") return "left";
  try {
    await beginValidation(ports, workspaceId, datasetId);
    return "resumed";
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
  if (dataset.upload.mode === "multipart") {
    await ports.transfers.abortMultipart(dataset.objectKey, dataset.upload.uploadId);
  }
  try {
    await ports.datasets.delete(workspaceId, datasetId, dataset.version);
    return "removed";
  } catch (error) {
    if (error instanceof VersionConflictError) return "left";
    throw error;
  }
}
