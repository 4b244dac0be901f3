import { z } from "zod";
import { AnnotationChange, Tag } from "../annotations.ts";
import { Download, datasetArtefactNames } from "../artefact.ts";
import { DatasetPurpose, DatasetView, datasetStatuses } from "../dataset.ts";
import { DatasetPreview, HistogramPage } from "../histograms.ts";
import { DatasetId, Sha256 } from "../ids.ts";
import { Profile } from "../profile.ts";
import { TrainingSettings } from "../training-settings.ts";
import { ValidationReport } from "../validation-report.ts";
import { datasetPath, name, type Operation, operation, page, pageOf } from "./operation.ts";

/** A part's address: PUT the bytes with exactly these headers. */
export const SignedRequest = z.object({
  url: z.url(),
  headers: z.record(z.string(), z.string()),
  expiresAt: z.iso.datetime(),
});
export type SignedRequest = z.infer<typeof SignedRequest>;

export const UploadPlan = z.discriminatedUnion("mode", [
  z.object({ mode: z.literal("single"), request: SignedRequest }),
  z.object({ mode: z.literal("multipart"), partSizeBytes: z.int().positive(), partCount: z.int().positive() }),
]);
export type UploadPlan = z.infer<typeof UploadPlan>;

/** As the file has it. */
const ColumnName = z
  .string()
  .min(1)
  .max(200)
  .overwrite((text) => text.toWellFormed());
/** Base64 SHA-256 of a part's bytes, as S3 writes it. */
const PartChecksum = z.string().regex(/^[A-Za-z0-9+/]{43}=$/);

export const datasetOperations = {
  createDataset: operation({
    method: "POST",
    path: "/v1/datasets",
    summary: "Announce a file and get the addresses to send it to.",
    role: "operator",
    target: "api",
    body: z.object({
      name: name(200).optional(),
      fileName: name(255),
      purpose: DatasetPurpose,
      sizeBytes: z.int().nonnegative(),
      /** Of the whole file; needed where the file is sent with one PUT. */
      sha256: Sha256.optional(),
      /** The column that holds the fault class, where it is not called `label`, `class`, `fault` or the like. */
      labelColumn: ColumnName.optional(),
      /** Columns must be those of this data set. */
      likeDatasetId: DatasetId.optional(),
      /** What is to be done once the file is a data set: a training, or a diagnosis with the model that is active then. */
      followUp: z.enum(["train", "diagnose"]).optional(),
      /** Of the training. */
      settings: TrainingSettings.optional(),
      /** The data set that the model of the training is to diagnose; it has to be ready by then. */
      thenDiagnose: DatasetId.optional(),
    }),
    status: 201,
    output: z.object({ dataset: DatasetView, upload: UploadPlan }),
    problems: ["invalid", "not-found", "conflict"],
  }),
  getDatasetUpload: operation({
    method: "GET",
    path: "/v1/datasets/{datasetId}/upload",
    summary: "The state of an unfinished upload: the parts that have arrived, so that only the others are sent.",
    role: "operator",
    target: "api",
    pathParameters: datasetPath,
    status: 200,
    output: z.object({
      upload: UploadPlan,
      parts: z.array(z.object({ number: z.int().positive(), sizeBytes: z.int(), checksum: PartChecksum })),
    }),
    problems: ["not-found", "conflict"],
  }),
  signDatasetParts: operation({
    method: "POST",
    path: "/v1/datasets/{datasetId}/upload/parts",
    summary: "Addresses for parts of a multipart upload.",
    role: "operator",
    target: "api",
    pathParameters: datasetPath,
    body: z.object({
      parts: z
        .array(z.object({ number: z.int().min(1).max(10_000), checksum: PartChecksum }))
        .min(1)
        .max(100),
    }),
    status: 200,
    output: z.object({ parts: z.array(z.object({ number: z.int(), request: SignedRequest })) }),
    problems: ["invalid", "not-found", "conflict"],
  }),
  completeDatasetUpload: operation({
    method: "POST",
    path: "/v1/datasets/{datasetId}/upload/complete",
    summary: "Say that all bytes are sent; validation begins.",
    role: "operator",
    target: "api",
    pathParameters: datasetPath,
    status: 202,
    output: DatasetView,
    problems: ["invalid", "not-found", "conflict"],
  }),
  listDatasets: operation({
    method: "GET",
    path: "/v1/datasets",
    summary: "Data sets, newest first. Only `ready` ones unless another status is asked for.",
    role: "viewer",
    target: "api",
    query: page.extend({
      status: z.enum(datasetStatuses).default("ready"),
      purpose: DatasetPurpose.optional(),
      tag: Tag.optional(),
    }),
    status: 200,
    output: pageOf(DatasetView),
    problems: ["invalid"],
  }),
  getDataset: operation({
    method: "GET",
    path: "/v1/datasets/{datasetId}",
    summary: "One data set.",
    role: "viewer",
    target: "api",
    pathParameters: datasetPath,
    status: 200,
    output: DatasetView,
    problems: ["not-found"],
  }),
  updateDataset: operation({
    method: "PATCH",
    path: "/v1/datasets/{datasetId}",
    summary: "Change a data set's name, notes or tags.",
    role: "operator",
    target: "api",
    pathParameters: datasetPath,
    body: AnnotationChange,
    status: 200,
    output: DatasetView,
    problems: ["invalid", "not-found", "conflict"],
  }),
  getDatasetProfile: operation({
    method: "GET",
    path: "/v1/datasets/{datasetId}/profile",
    summary: "What the file holds: columns, classes, gaps, ranges.",
    role: "viewer",
    target: "api",
    pathParameters: datasetPath,
    status: 200,
    output: Profile,
    problems: ["not-found", "conflict"],
  }),
  getDatasetHistograms: operation({
    method: "GET",
    path: "/v1/datasets/{datasetId}/histograms",
    summary: "How each KPI is spread by class in a sample of the rows, and its normal range; a page of KPIs.",
    role: "viewer",
    target: "api",
    pathParameters: datasetPath,
    query: z.object({
      /** Only this KPI. */
      feature: z.string().max(1_000).optional(),
      /** Only KPIs whose name has this text in it, in any case. */
      search: z.string().max(200).optional(),
      offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
      limit: z.coerce.number().int().min(1).max(50).default(12),
    }),
    status: 200,
    output: HistogramPage,
    problems: ["invalid", "not-found", "conflict"],
  }),
  getDatasetPreview: operation({
    method: "GET",
    path: "/v1/datasets/{datasetId}/preview",
    summary: "The first rows of the file as they stand in it: as many as were asked for, or as fit into 2 MiB.",
    role: "viewer",
    target: "api",
    pathParameters: datasetPath,
    query: z.object({ rows: z.coerce.number().int().min(1).max(50).default(50) }),
    status: 200,
    output: DatasetPreview,
    problems: ["invalid", "not-found", "conflict"],
  }),
  getDatasetReport: operation({
    method: "GET",
    path: "/v1/datasets/{datasetId}/report",
    summary: "Why a file was rejected: row, column, found, expected.",
    role: "viewer",
    target: "api",
    pathParameters: datasetPath,
    status: 200,
    output: ValidationReport,
    problems: ["not-found", "conflict"],
  }),
  downloadDataset: operation({
    method: "POST",
    path: "/v1/datasets/{datasetId}/downloads",
    summary: "A short-lived address of the file as it was sent, its profile or its validation report.",
    role: "viewer",
    target: "api",
    pathParameters: datasetPath,
    body: z.object({ artefact: z.enum(datasetArtefactNames) }),
    status: 201,
    output: Download,
    problems: ["invalid", "not-found", "conflict"],
  }),
  deleteDataset: operation({
    method: "DELETE",
    path: "/v1/datasets/{datasetId}",
    summary: "Delete a data set that nothing uses, or give up its upload.",
    role: "operator",
    target: "api",
    pathParameters: datasetPath,
    status: 204,
    output: null,
    problems: ["not-found", "conflict"],
  }),
} as const satisfies Record<string, Operation>;
