import { type Dataset, type DatasetIn, type DatasetStatus, DatasetView } from "@systemhealer/contract/dataset";
import type { Profile } from "@systemhealer/contract/profile";
import { ConflictError } from "./errors.ts";
import { uploadKey } from "./object-keys.ts";

export type DatasetOrder = Pick<
  DatasetIn<"uploading">,
  | "workspaceId"
  | "datasetId"
  | "name"
  | "fileName"
  | "purpose"
  | "labelColumn"
  | "likeDatasetId"
  | "followUp"
  | "training"
  | "origin"
  | "sizeBytes"
  | "createdBy"
  | "upload"
  | "expiresAt"
>;

const wrongStatus: Readonly<Record<DatasetStatus, string>> = {
  uploading: "upload-ended",
  validating: "dataset-not-validating",
  ready: "dataset-not-ready",
  rejected: "dataset-not-rejected",
};

/** @throws ConflictError unless the data set is in the status */
export function expectDataset<S extends DatasetStatus>(dataset: Dataset, status: S): DatasetIn<S> {
  if (dataset.status !== status) {
    throw new ConflictError(wrongStatus[status], { id: dataset.datasetId, status: dataset.status });
  }
  return dataset as DatasetIn<S>;
}

export function announceDataset(order: DatasetOrder, at: string): DatasetIn<"uploading"> {
  return {
    ...order,
    schema: "dataset.v1",
    status: "uploading",
    objectKey: uploadKey(order.workspaceId, order.datasetId),
    version: 1,
    createdAt: at,
    updatedAt: at,
  };
}

/** All bytes are said to be sent: from now on the object is expected, not the client. */
export function finishUpload(dataset: Dataset, at: string): DatasetIn<"uploading"> {
  const uploading = expectDataset(dataset, "uploading");
  return { ...uploading, expiresAt: at, version: uploading.version + 1, updatedAt: at };
}

/** @param object what has really arrived; its size replaces the one that was announced */
export function startValidation(
  dataset: Dataset,
  object: { readonly etag: string; readonly sizeBytes: number },
  at: string,
): DatasetIn<"validating"> {
  return {
    ...moved(expectDataset(dataset, "uploading"), at),
    sizeBytes: object.sizeBytes,
    status: "validating",
    etag: object.etag,
    rowsRead: 0,
    heartbeatAt: at,
  };
}

export function readyDataset(
  dataset: Dataset,
  profile: Profile,
  keys: { readonly dataKey: string; readonly profileKey: string },
  at: string,
): DatasetIn<"ready"> {
  const validating = expectDataset(dataset, "validating");
  return {
    ...moved(validating, at),
    status: "ready",
    etag: validating.etag,
    ...keys,
    sha256: profile.sha256,
    rows: profile.rows,
    featureCount: profile.features.length,
    classes: profile.classes,
    missingShare: profile.missingShare,
    duplicateRows: profile.duplicateRows,
    constantFeatures: profile.features.filter((feature) => feature.constant).length,
    usedBy: [],
  };
}

export function rejectDataset(
  dataset: Dataset,
  report: { readonly reportKey: string; readonly findingCount: number },
  at: string,
): DatasetIn<"rejected"> {
  return { ...moved(expectDataset(dataset, "validating"), at), status: "rejected", ...report };
}

export function datasetView(dataset: Dataset): DatasetView {
  return DatasetView.parse(dataset);
}

function moved(dataset: Dataset, at: string) {
  const { schema, workspaceId, datasetId, name, fileName, purpose, labelColumn, likeDatasetId } = dataset;
  const { followUp, training, origin, sizeBytes, objectKey, version, createdAt, createdBy } = dataset;
  return {
    schema,
    workspaceId,
    datasetId,
    name,
    fileName,
    purpose,
    ...(labelColumn !== undefined && { labelColumn }),
    ...(likeDatasetId !== undefined && { likeDatasetId }),
    followUp,
    ...(training !== undefined && { training }),
    origin,
    sizeBytes,
    objectKey,
    version: version + 1,
    createdAt,
    createdBy,
    updatedAt: at,
  };
}
