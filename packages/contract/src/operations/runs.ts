import { z } from "zod";
import { Adaptation, AdaptationSettings } from "../adaptation.ts";
import { AnnotationChange, Tag } from "../annotations.ts";
import { AnomalyThreshold } from "../anomalies.ts";
import { ClusterMethod, Clusters, mostClusters } from "../clusters.ts";
import { DatasetView } from "../dataset.ts";
import { DatasetId, ModelId, RunId } from "../ids.ts";
import { QueuePosition, RunKind, RunView, runStatuses } from "../run.ts";
import { TrainingSettings } from "../training-settings.ts";
import { name, type Operation, operation, page, pageOf, runPath } from "./operation.ts";

export const runOperations = {
  createTrainingRun: operation({
    method: "POST",
    path: "/v1/runs/training",
    summary: "Train a model on a data set, unless there is one of the same data and settings.",
    role: "operator",
    target: "api",
    body: z.object({
      datasetId: DatasetId,
      name: name(200).optional(),
      settings: TrainingSettings.optional(),
      /** The data set that the new model is to diagnose; one that is still being sent or checked by then is waited for. */
      thenDiagnose: DatasetId.optional(),
      /** Train even where the workspace has a model of the same data and settings. */
      force: z.boolean().optional(),
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
    body: z.object({
      datasetId: DatasetId,
      modelId: ModelId.optional(),
      name: name(200).optional(),
      /** Whether each row is to be explained: writes `explanations.json` and `explanations.csv`. */
      explain: z.boolean().optional(),
      /** Standard deviations from the mean beyond which a KPI strays; default 3. */
      anomalyThreshold: AnomalyThreshold.optional(),
      /**
       * A diagnosis that found faults: this one, of newer records of the same system and by the same model, tells in
       * `recovery` of its summary whether the system is back to normal, and that diagnosis names the verdict.
       */
      verifies: RunId.optional(),
      /** With `verifies`: which class has no fault, where none is called normal. */
      normalClass: name(200).optional(),
    }),
    status: 202,
    output: RunView,
    problems: ["invalid", "not-found", "conflict"],
  }),
  createClusteringRun: operation({
    method: "POST",
    path: "/v1/runs/clustering",
    summary: "Group the rows of a data set by their KPIs; no label is needed.",
    role: "operator",
    target: "api",
    body: z.object({
      datasetId: DatasetId,
      method: ClusterMethod.default("gaussian-mixture"),
      /** Without it, as many as suit the rows. */
      clusters: z.int().min(1).max(mostClusters).optional(),
      name: name(200).optional(),
    }),
    status: 202,
    output: RunView,
    problems: ["invalid", "not-found", "conflict"],
  }),
  createAdaptationRun: operation({
    method: "POST",
    path: "/v1/runs/adaptation",
    summary:
      "Fit a model, the active one unless another is named, to the environment of unlabelled rows; makes a new model and diagnoses the rows.",
    role: "operator",
    target: "api",
    body: z.object({
      /** Rows of the new environment; labels are not looked at. */
      datasetId: DatasetId,
      modelId: ModelId.optional(),
      /** Few rows of the same environment whose class is known, in the same file or another. */
      labelledDatasetId: DatasetId.optional(),
      settings: AdaptationSettings.optional(),
      name: name(200).optional(),
    }),
    status: 202,
    output: RunView,
    problems: ["invalid", "not-found", "conflict"],
  }),
  getRunAdaptation: operation({
    method: "GET",
    path: "/v1/runs/{runId}/adaptation",
    summary: "How sure a finished adaptation is of itself, and by what evidence.",
    role: "viewer",
    target: "api",
    pathParameters: runPath,
    status: 200,
    output: Adaptation,
    problems: ["not-found", "conflict"],
  }),
  getRunClusters: operation({
    method: "GET",
    path: "/v1/runs/{runId}/clusters",
    summary:
      "What the clusters of a finished clustering are: sizes, KPIs that tell them apart, typical rows, a 2-D map.",
    role: "viewer",
    target: "api",
    pathParameters: runPath,
    status: 200,
    output: Clusters,
    problems: ["not-found", "conflict"],
  }),
  labelClusters: operation({
    method: "POST",
    path: "/v1/runs/{runId}/labels",
    summary: "Give groups of rows names: makes a labelled data set, which is then checked like an upload.",
    role: "operator",
    target: "api",
    pathParameters: runPath,
    body: z.object({
      /** Fault class by number of the cluster; −1: rows in no cluster. */
      names: z
        .record(z.string().regex(/^(-1|\d{1,4})$/), name(200).regex(/\S/))
        .refine((names) => Object.keys(names).length > 0),
      /** Rows without a name: left out, or kept as `cluster-n` and `noise`. */
      unnamed: z.enum(["omit", "keep"]).default("omit"),
      name: name(200).optional(),
    }),
    status: 201,
    output: DatasetView,
    problems: ["invalid", "not-found", "conflict"],
  }),
  listRuns: operation({
    method: "GET",
    path: "/v1/runs",
    summary: "Runs, newest first.",
    role: "viewer",
    target: "api",
    query: page.extend({
      kind: RunKind.optional(),
      status: z.enum(runStatuses).optional(),
      tag: Tag.optional(),
      /** Part of the name, of a tag or of the id, in capitals or not. */
      search: z.string().trim().min(1).max(200).optional(),
    }),
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
  getRunQueue: operation({
    method: "GET",
    path: "/v1/runs/{runId}/queue",
    summary: "Where a queued run stands among those of its workspace.",
    role: "viewer",
    target: "api",
    pathParameters: runPath,
    status: 200,
    output: QueuePosition,
    problems: ["not-found"],
  }),
  updateRun: operation({
    method: "PATCH",
    path: "/v1/runs/{runId}",
    summary: "Change a run's name, notes or tags.",
    role: "operator",
    target: "api",
    pathParameters: runPath,
    body: AnnotationChange,
    status: 200,
    output: RunView,
    problems: ["invalid", "not-found", "conflict"],
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
  deleteRun: operation({
    method: "DELETE",
    path: "/v1/runs/{runId}",
    summary: "Delete a run that has ended, with its results; a run that made a model, only after the model.",
    role: "operator",
    target: "api",
    pathParameters: runPath,
    status: 204,
    output: null,
    problems: ["not-found", "conflict"],
  }),
} as const satisfies Record<string, Operation>;
