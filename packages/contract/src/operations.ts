import { z } from "zod";
import { Download, datasetArtefactNames, diagnosisArtefactNames, modelArtefactNames } from "./artefact.ts";
import { DatasetPurpose, DatasetView, datasetStatuses } from "./dataset.ts";
import { DiagnosisSummary, RowsDiagnosis, SampleRow } from "./diagnosis.ts";
import { DatasetId, ModelId, RunId, Sha256, WorkspaceId } from "./ids.ts";
import { Limits } from "./limits.ts";
import { ModelView } from "./model.ts";
import { ModelCard, Report } from "./model-card.ts";
import type { ProblemWord } from "./problem.ts";
import { Profile } from "./profile.ts";
import { Role } from "./role.ts";
import { RunKind, RunView, runStatuses } from "./run.ts";
import { TrainingSettings } from "./training-settings.ts";
import { ValidationReport } from "./validation-report.ts";

export interface Operation {
  readonly method: "GET" | "POST" | "DELETE";
  /** With `{name}` for each key of `pathParameters`. */
  readonly path: string;
  readonly summary: string;
  /** The least role that may call it; null: anyone, signed in or not. */
  readonly role: Role | null;
  /** Which function answers. */
  readonly target: "api" | "inference";
  readonly pathParameters: z.ZodObject;
  /** Query values arrive as text; schemas coerce. */
  readonly query: z.ZodObject;
  readonly body: z.ZodType | null;
  readonly status: 200 | 201 | 202 | 204;
  readonly output: z.ZodType | null;
  readonly problems: readonly ProblemWord[];
}

/** Text that UTF-8 can carry: half a surrogate pair is replaced. */
const name = (maxLength: number) =>
  z
    .string()
    .min(1)
    .max(maxLength)
    .overwrite((text) => text.toWellFormed());

const none = z.object({});
const datasetPath = z.object({ datasetId: DatasetId });
const modelPath = z.object({ modelId: ModelId });
const runPath = z.object({ runId: RunId });
const page = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.string().max(2_000).optional(),
});
const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), nextCursor: z.string().optional() });

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

/** Base64 SHA-256 of a part's bytes, as S3 writes it. */
const PartChecksum = z.string().regex(/^[A-Za-z0-9+/]{43}=$/);

function operation<const O extends Omit<Operation, "pathParameters" | "query" | "body"> & Partial<Operation>>(o: O) {
  return { pathParameters: none, query: none, body: null, ...o } as Omit<
    { pathParameters: typeof none; query: typeof none; body: null },
    keyof O
  > &
    O;
}

export const operations = {
  getSession: operation({
    method: "GET",
    path: "/v1/session",
    summary: "Who is signed in, the workspace, the role and the limits.",
    role: "viewer",
    target: "api",
    status: 200,
    output: z.object({
      userId: z.string(),
      email: z.string(),
      workspaceId: WorkspaceId,
      role: Role,
      activeModelId: ModelId.nullable(),
      limits: Limits,
      /** Where files can be dropped without the API. */
      drops: z.object({ bucket: z.string(), trainPrefix: z.string(), diagnosePrefix: z.string() }),
    }),
    problems: [],
  }),

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
      labelColumn: name(200).optional(),
      /** Columns must be those of this data set. */
      likeDatasetId: DatasetId.optional(),
    }),
    status: 201,
    output: z.object({ dataset: DatasetView, upload: UploadPlan }),
    problems: ["invalid", "not-found"],
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
    query: page.extend({ status: z.enum(datasetStatuses).default("ready"), purpose: DatasetPurpose.optional() }),
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

  createTrainingRun: operation({
    method: "POST",
    path: "/v1/runs/training",
    summary: "Train a model on a data set.",
    role: "operator",
    target: "api",
    body: z.object({
      datasetId: DatasetId,
      name: name(200).optional(),
      settings: TrainingSettings.optional(),
    }),
    status: 202,
    output: RunView,
    problems: ["invalid", "not-found", "conflict"],
  }),
  createDiagnosisRun: operation({
    method: "POST",
    path: "/v1/runs/diagnosis",
    summary: "Diagnose every row of a data set with a model, the active one unless another is named.",
    role: "operator",
    target: "api",
    body: z.object({ datasetId: DatasetId, modelId: ModelId.optional(), name: name(200).optional() }),
    status: 202,
    output: RunView,
    problems: ["invalid", "not-found", "conflict"],
  }),
  listRuns: operation({
    method: "GET",
    path: "/v1/runs",
    summary: "Runs, newest first.",
    role: "viewer",
    target: "api",
    query: page.extend({ kind: RunKind.optional(), status: z.enum(runStatuses).optional() }),
    status: 200,
    output: pageOf(RunView),
    problems: ["invalid"],
  }),
  getRun: operation({
    method: "GET",
    path: "/v1/runs/{runId}",
    summary: "One run, with its progress.",
    role: "viewer",
    target: "api",
    pathParameters: runPath,
    status: 200,
    output: RunView,
    problems: ["not-found"],
  }),
  cancelRun: operation({
    method: "POST",
    path: "/v1/runs/{runId}/cancel",
    summary: "Stop a queued or running run and its worker.",
    role: "operator",
    target: "api",
    pathParameters: runPath,
    status: 200,
    output: RunView,
    problems: ["not-found", "conflict"],
  }),
  retryRun: operation({
    method: "POST",
    path: "/v1/runs/{runId}/retry",
    summary: "Start a new run with the order of a failed or cancelled one.",
    role: "operator",
    target: "api",
    pathParameters: runPath,
    status: 202,
    output: RunView,
    problems: ["not-found", "conflict"],
  }),
  getRunSummary: operation({
    method: "GET",
    path: "/v1/runs/{runId}/summary",
    summary: "The summary of a finished diagnosis, to read before the download.",
    role: "viewer",
    target: "api",
    pathParameters: runPath,
    status: 200,
    output: DiagnosisSummary,
    problems: ["not-found", "conflict"],
  }),
  downloadRun: operation({
    method: "POST",
    path: "/v1/runs/{runId}/downloads",
    summary: "A short-lived address of a result of a finished diagnosis.",
    role: "viewer",
    target: "api",
    pathParameters: runPath,
    body: z.object({ artefact: z.enum(diagnosisArtefactNames) }),
    status: 201,
    output: Download,
    problems: ["invalid", "not-found", "conflict"],
  }),

  listModels: operation({
    method: "GET",
    path: "/v1/models",
    summary: "Models, newest first.",
    role: "viewer",
    target: "api",
    query: page,
    status: 200,
    output: pageOf(ModelView),
    problems: ["invalid"],
  }),
  getModel: operation({
    method: "GET",
    path: "/v1/models/{modelId}",
    summary: "One model.",
    role: "viewer",
    target: "api",
    pathParameters: modelPath,
    status: 200,
    output: ModelView,
    problems: ["not-found"],
  }),
  getModelSummary: operation({
    method: "GET",
    path: "/v1/models/{modelId}/summary",
    summary: "Card and report of a model, to read before the download.",
    role: "viewer",
    target: "api",
    pathParameters: modelPath,
    status: 200,
    output: z.object({ card: ModelCard, report: Report }),
    problems: ["not-found"],
  }),
  activateModel: operation({
    method: "POST",
    path: "/v1/models/{modelId}/activate",
    summary: "Make it the workspace's active model.",
    role: "operator",
    target: "api",
    pathParameters: modelPath,
    status: 200,
    output: ModelView,
    problems: ["not-found", "conflict"],
  }),
  downloadModel: operation({
    method: "POST",
    path: "/v1/models/{modelId}/downloads",
    summary: "A short-lived address of the model, its card or its report.",
    role: "viewer",
    target: "api",
    pathParameters: modelPath,
    body: z.object({ artefact: z.enum(modelArtefactNames) }),
    status: 201,
    output: Download,
    problems: ["invalid", "not-found"],
  }),
  deleteModel: operation({
    method: "DELETE",
    path: "/v1/models/{modelId}",
    summary: "Delete a model that nothing uses.",
    role: "operator",
    target: "api",
    pathParameters: modelPath,
    status: 204,
    output: null,
    problems: ["not-found", "conflict"],
  }),
  diagnoseRows: operation({
    method: "POST",
    path: "/v1/diagnoses",
    summary: "Diagnose one row or a small batch at once, with the active model unless another is named.",
    role: "operator",
    target: "inference",
    body: z.object({ modelId: ModelId.optional(), rows: z.array(SampleRow).min(1) }),
    status: 200,
    output: RowsDiagnosis,
    problems: ["invalid", "not-found", "conflict"],
  }),

  getOpenApi: operation({
    method: "GET",
    path: "/v1/openapi.json",
    summary: "This table as an OpenAPI document.",
    role: null,
    target: "api",
    status: 200,
    output: z.record(z.string(), z.unknown()),
    problems: [],
  }),
} as const satisfies Record<string, Operation>;

export type OperationName = keyof typeof operations;
type Of<N extends OperationName> = (typeof operations)[N];
type BodyOf<N extends OperationName, Side extends "input" | "output"> = Of<N>["body"] extends infer B extends z.ZodType
  ? { body: Side extends "input" ? z.input<B> : z.output<B> }
  : unknown;

/** An empty object schema says `Record<string, never>`, which would forbid the other fields. */
type Fields<T> = string extends keyof T ? unknown : T;

/** What a caller of the operation hands over. */
export type OperationInput<N extends OperationName> = Fields<z.input<Of<N>["pathParameters"]>> & {
  query?: z.input<Of<N>["query"]>;
} & BodyOf<N, "input">;
/** What a handler of the operation is given, after parsing. */
export type ParsedInput<N extends OperationName> = {
  path: z.output<Of<N>["pathParameters"]>;
  query: z.output<Of<N>["query"]>;
} & BodyOf<N, "output">;
export type OperationOutput<N extends OperationName> = Of<N>["output"] extends infer O extends z.ZodType
  ? z.output<O>
  : undefined;
