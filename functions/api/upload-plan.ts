import type { DatasetIn } from "@systemhealer/contract/dataset";
import type { UploadPlan } from "@systemhealer/contract/operations";
import { ConflictError } from "@systemhealer/domain/errors";
import type { Services } from "./services.ts";

const mebibyte = 1024 ** 2;
/** A file up to this size is sent with one request. */
export const singleUploadBytes = 8 * mebibyte;
/** S3 joins this many parts at most. */
const maxParts = 10_000;

/** 8 MiB, or as many whole MiB as are needed to stay within the number of parts. */
export function partSizeOf(sizeBytes: number): number {
  return Math.max(singleUploadBytes, Math.ceil(sizeBytes / maxParts / mebibyte) * mebibyte);
}

export function partCountOf(sizeBytes: number, partSizeBytes: number): number {
  return Math.ceil(sizeBytes / partSizeBytes);
}

/** @throws ConflictError when no client may send the bytes (a drop's are copied) */
export async function uploadPlan({ transfers }: Services, dataset: DatasetIn<"uploading">): Promise<UploadPlan> {
  const { upload, objectKey, sizeBytes } = dataset;
  if (upload.mode === "multipart") {
    const { partSizeBytes } = upload;
    return { mode: "multipart", partSizeBytes, partCount: partCountOf(sizeBytes, partSizeBytes) };
  }
  if (!upload.sha256) throw new ConflictError("upload-ended", { id: dataset.datasetId, status: dataset.status });
  return { mode: "single", request: await transfers.signUpload(objectKey, sizeBytes, upload.sha256) };
}
