import { z } from "zod";
import { annotations } from "./annotations.ts";
import { DatasetId, Sha256, Timestamp, WorkspaceId } from "./ids.ts";
import { ClassCount } from "./profile.ts";
import { TrainingSettings } from "./training-settings.ts";

export const DatasetPurpose = z.enum(["training", "diagnosis"]);
export type DatasetPurpose = z.infer<typeof DatasetPurpose>;

const common = z.object({
  schema: z.literal("dataset.v1"),
  workspaceId: WorkspaceId,
  datasetId: DatasetId,
  name: z.string().min(1).max(200),
  fileName: z.string().min(1).max(255),
  purpose: DatasetPurpose,
  /** The column that holds the fault class, where its name is none that is recognised. */
  labelColumn: z.string().min(1).max(200).optional(),
  /** Columns must be those of this data set. */
  likeDatasetId: DatasetId.optional(),
  /** What is to be done once the file is a data set; what a drop asks for, or whoever has announced it. */
  followUp: z.enum(["none", "train", "diagnose"]),
  /** How to train, where that is to be done. */
  training: z.object({ settings: TrainingSettings.optional(), thenDiagnose: DatasetId.optional() }).optional(),
  /** Where the bytes came from. */
  origin: z.enum(["upload", "drop"]),
  sizeBytes: z.int().nonnegative(),
  /** The object that holds the bytes as they were sent. */
  objectKey: z.string(),
  /** Optimistic lock: each write raises it by one. */
  version: z.int().positive(),
  createdAt: Timestamp,
  createdBy: z.string(),
  updatedAt: Timestamp,
  ...annotations,
});

export const PendingUpload = z.discriminatedUnion("mode", [
  /** Without `sha256`: no client sends it (a drop). */
  z.object({ mode: z.literal("single"), sha256: Sha256.optional() }),
  z.object({ mode: z.literal("multipart"), uploadId: z.string(), partSizeBytes: z.int().positive() }),
]);
export type PendingUpload = z.infer<typeof PendingUpload>;

export const Dataset = z.discriminatedUnion("status", [
  common.extend({ status: z.literal("uploading"), upload: PendingUpload, expiresAt: Timestamp }),
  common.extend({
    status: z.literal("validating"),
    etag: z.string(),
    rowsRead: z.int().nonnegative(),
    heartbeatAt: Timestamp,
  }),
  common.extend({
    status: z.literal("ready"),
    etag: z.string(),
    /** Uncompressed CSV: `objectKey` itself unless the file was sent compressed. */
    dataKey: z.string(),
    profileKey: z.string(),
    sha256: Sha256,
    rows: z.int().nonnegative(),
    featureCount: z.int().nonnegative(),
    classes: z.array(ClassCount),
    missingShare: z.number(),
    duplicateRows: z.int().nonnegative(),
    constantFeatures: z.int().nonnegative(),
    /** Ids of the runs and models that need it; it cannot be deleted while there is one. */
    usedBy: z.array(z.string()),
  }),
  common.extend({ status: z.literal("rejected"), reportKey: z.string(), findingCount: z.int().positive() }),
]);
export type Dataset = z.infer<typeof Dataset>;
export type DatasetStatus = Dataset["status"];
export type DatasetIn<S extends DatasetStatus> = Extract<Dataset, { status: S }>;
export const datasetStatuses = [
  "uploading",
  "validating",
  "ready",
  "rejected",
] as const satisfies readonly DatasetStatus[];

const hidden = { objectKey: true, workspaceId: true } as const;
const options = Dataset.options;
export const DatasetView = z
  .discriminatedUnion("status", [
    options[0].omit(hidden),
    options[1].omit({ ...hidden, etag: true }),
    options[2].omit({ ...hidden, etag: true, dataKey: true, profileKey: true }),
    options[3].omit({ ...hidden, reportKey: true }),
  ])
  .meta({ id: "DatasetView" });
export type DatasetView = z.infer<typeof DatasetView>;
