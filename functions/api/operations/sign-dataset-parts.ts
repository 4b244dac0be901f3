import { expectDataset } from "@systemhealer/domain/dataset";
import { ConflictError, InvalidError } from "@systemhealer/domain/errors";
import type { Handler } from "../services.ts";
import { partCountOf } from "../upload-plan.ts";

export const signDatasetParts: Handler<"signDatasetParts"> = async ({ path, body }, caller, services) => {
  const dataset = expectDataset(await services.datasets.get(caller.workspaceId, path.datasetId), "uploading");
  const { upload, objectKey } = dataset;
  if (upload.mode === "single") throw new ConflictError("upload-is-single", { id: dataset.datasetId });
  const partCount = partCountOf(dataset.sizeBytes, upload.partSizeBytes);
  for (const { number } of body.parts) {
    if (number > partCount) throw new InvalidError("part-number-too-high", { found: number, expected: partCount });
  }
  const parts = body.parts.map(async ({ number, checksum }) => ({
    number,
    request: await services.transfers.signPart(objectKey, upload.uploadId, number, checksum),
  }));
  return { parts: await Promise.all(parts) };
};
