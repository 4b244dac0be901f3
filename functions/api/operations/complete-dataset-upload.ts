import type { DatasetIn } from "@systemhealer/contract/dataset";
import { datasetView, finishUpload } from "@systemhealer/domain/dataset";
import { ConflictError, NotFoundError, VersionConflictError } from "@systemhealer/domain/errors";
import type { Handler, Services } from "../services.ts";
import { partCountOf } from "../upload-plan.ts";

/**
 * The object's arrival, not this call, starts the validation. Order: the parts are joined, then the record says that the
 * object is expected; a crash between the two changes nothing, since the event finds the object. Completing what has
 * gone on already answers its present state.
 */
export const completeDatasetUpload: Handler<"completeDatasetUpload"> = async ({ path }, caller, services) => {
  const dataset = await services.datasets.get(caller.workspaceId, path.datasetId);
  if (dataset.status !== "uploading") return datasetView(dataset);
  if (!(await hasArrived(services, dataset.objectKey))) {
    try {
      await joinParts(services, dataset);
    } catch (error) {
      // Another call may have joined them since; then there is no such upload any more, but its object.
      const joined = error instanceof ConflictError || error instanceof NotFoundError;
      if (!joined || !(await hasArrived(services, dataset.objectKey))) throw error;
    }
  }
  try {
    await services.datasets.replace(finishUpload(dataset, services.clock().toISOString()));
  } catch (error) {
    if (!(error instanceof VersionConflictError)) throw error;
  }
  return datasetView(await services.datasets.get(caller.workspaceId, path.datasetId));
};

async function joinParts({ transfers }: Pick<Services, "transfers">, dataset: DatasetIn<"uploading">): Promise<void> {
  const { upload, objectKey, sizeBytes, datasetId } = dataset;
  const incomplete = (found: number) =>
    new ConflictError("upload-incomplete", { id: datasetId, found, expected: sizeBytes });
  if (upload.mode === "single") throw incomplete(0);
  const parts = await transfers.listParts(objectKey, upload.uploadId);
  const partCount = partCountOf(sizeBytes, upload.partSizeBytes);
  // Parts of other sizes would add up, too, but not to this file, and S3 joins none below 5 MiB but the last.
  const sizeOf = (number: number) =>
    number < partCount ? upload.partSizeBytes : sizeBytes - upload.partSizeBytes * (partCount - 1);
  const whole = parts.filter((part) => part.number <= partCount && part.sizeBytes === sizeOf(part.number));
  if (whole.length !== partCount || parts.length !== partCount) {
    throw incomplete(whole.reduce((sum, part) => sum + part.sizeBytes, 0));
  }
  await transfers.completeMultipart(objectKey, upload.uploadId, parts);
}

async function hasArrived({ objects }: Pick<Services, "objects">, key: string): Promise<boolean> {
  try {
    await objects.head(key);
    return true;
  } catch (error) {
    if (error instanceof NotFoundError) return false;
    throw error;
  }
}
