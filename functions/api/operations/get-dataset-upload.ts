import { expectDataset } from "@systemhealer/domain/dataset";
import type { Handler } from "../services.ts";
import { uploadPlan } from "../upload-plan.ts";

export const getDatasetUpload: Handler<"getDatasetUpload"> = async ({ path }, { workspaceId }, services) => {
  const dataset = expectDataset(await services.datasets.get(workspaceId, path.datasetId), "uploading");
  const upload = await uploadPlan(services, dataset);
  if (dataset.upload.mode === "single") return { upload, parts: [] };
  const parts = await services.transfers.listParts(dataset.objectKey, dataset.upload.uploadId);
  return { upload, parts: parts.map(({ number, sizeBytes, checksum }) => ({ number, sizeBytes, checksum })) };
};
