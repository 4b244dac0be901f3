import type { Failure } from "@systemhealer/contract/failure";
import {
  type AdaptationRun,
  type ClusteringRun,
  type DiagnosisRun,
  type Progress,
  type Run,
  type RunIn,
  RunView,
  type TrainingRun,
} from "@systemhealer/contract/run";
import { endAttempts } from "./attempts.ts";
import { ConflictError } from "./errors.ts";

type Order = Pick<Run, "workspaceId" | "runId" | "name" | "origin" | "datasetId" | "retryOf" | "createdBy">;
export type TrainingOrder = Order & Pick<TrainingRun, "settings" | "thenDiagnose">;
export type DiagnosisOrder = Order &
  Pick<DiagnosisRun, "modelId" | "explain" | "anomalyThreshold" | "verifies" | "normalClass">;
export type ClusteringOrder = Order & Pick<ClusteringRun, "method" | "clusters">;
export type AdaptationOrder = Order & Pick<AdaptationRun, "modelId" | "labelledDatasetId" | "settings">;
export type ActiveRun = RunIn<"queued" | "running">;
export type EndedRun = RunIn<"succeeded" | "failed" | "cancelled">;

export function queueTraining(order: TrainingOrder, at: string): Extract<TrainingRun, { status: "queued" }> {
  return { ...order, ...fresh(at), kind: "training", status: "queued", attempts: [] };
}

export function queueDiagnosis(order: DiagnosisOrder, at: string): Extract<DiagnosisRun, { status: "queued" }> {
  return { ...order, ...fresh(at), kind: "diagnosis", status: "queued" };
}

/** Whether the run waits for its data set and has no execution yet. */
export function awaitsDataset(run: Run): run is Extract<DiagnosisRun, { status: "queued" }> {
  return run.kind === "diagnosis" && run.status === "queued" && run.awaitsDataset === true;
}

/** The data set is ready: the run waits for nothing but its turn. @throws ConflictError unless the run waited for it */
export function stopAwaiting(run: Run, at: string): Extract<DiagnosisRun, { status: "queued" }> {
  if (!awaitsDataset(run)) throw wrongStatus(run, "queued");
  return { ...diagnosisOf(run, at), status: "queued" };
}

export function queueClustering(order: ClusteringOrder, at: string): Extract<ClusteringRun, { status: "queued" }> {
  return { ...order, ...fresh(at), kind: "clustering", status: "queued" };
}

export function queueAdaptation(order: AdaptationOrder, at: string): Extract<AdaptationRun, { status: "queued" }> {
  return { ...order, ...fresh(at), kind: "adaptation", status: "queued" };
}

export function isActive(run: Run): run is ActiveRun {
  return run.status === "queued" || run.status === "running";
}

/** Whether the run registers a model under `modelIdOfRun`; an adaptation that finds nothing to adapt to does not. */
export function makesModel(run: Run): run is TrainingRun | AdaptationRun {
  return run.kind === "training" || run.kind === "adaptation";
}

export function isEnded(run: Run): run is EndedRun {
  return !isActive(run);
}

/** @throws ConflictError unless the run is queued */
export function startRun(run: Run, at: string): RunIn<"running"> {
  if (run.status !== "queued") throw wrongStatus(run, "queued");
  const progress: Progress = { stage: run.kind === "diagnosis" ? "diagnosing" : "reading", fraction: 0, curve: [] };
  const running = { status: "running" as const, startedAt: at, heartbeatAt: at, progress };
  if (run.kind === "clustering") return { ...clusteringOf(run, at), ...running };
  if (run.kind === "adaptation") return { ...adaptationOf(run, at), ...running };
  return run.kind === "training" ? { ...trainingOf(run, at), ...running } : { ...diagnosisOf(run, at), ...running };
}

/** @throws ConflictError unless the run is a training that runs */
export function succeedTraining(
  run: Run,
  result: Extract<TrainingRun, { status: "succeeded" }>["result"],
  at: string,
): Extract<TrainingRun, { status: "succeeded" }> {
  if (run.kind !== "training" || run.status !== "running") throw wrongStatus(run, "running");
  return {
    ...trainingOf(run, at),
    attempts: endAttempts(run.attempts, "succeeded", at),
    ...ended(run, at, true),
    status: "succeeded",
    result,
  };
}

/** A training that need not run: there is a model of the same data and settings. */
export function reuseModel(
  run: Extract<TrainingRun, { status: "queued" }>,
  result: Extract<TrainingRun, { status: "succeeded" }>["result"],
  at: string,
): Extract<TrainingRun, { status: "succeeded" }> {
  return { ...run, status: "succeeded", endedAt: at, result, reusedModelId: result.modelId };
}

/** @throws ConflictError unless the run is a diagnosis that runs */
export function succeedDiagnosis(
  run: Run,
  result: Extract<DiagnosisRun, { status: "succeeded" }>["result"],
  at: string,
): Extract<DiagnosisRun, { status: "succeeded" }> {
  if (run.kind !== "diagnosis" || run.status !== "running") throw wrongStatus(run, "running");
  return { ...diagnosisOf(run, at), ...ended(run, at, true), status: "succeeded", result };
}

/** @throws ConflictError unless the run is a clustering that runs */
export function succeedClustering(
  run: Run,
  result: Extract<ClusteringRun, { status: "succeeded" }>["result"],
  at: string,
): Extract<ClusteringRun, { status: "succeeded" }> {
  if (run.kind !== "clustering" || run.status !== "running") throw wrongStatus(run, "running");
  return { ...clusteringOf(run, at), ...ended(run, at, true), status: "succeeded", result };
}

/** @throws ConflictError unless the run is an adaptation that runs */
export function succeedAdaptation(
  run: Run,
  result: Extract<AdaptationRun, { status: "succeeded" }>["result"],
  at: string,
): Extract<AdaptationRun, { status: "succeeded" }> {
  if (run.kind !== "adaptation" || run.status !== "running") throw wrongStatus(run, "running");
  return { ...adaptationOf(run, at), ...ended(run, at, true), status: "succeeded", result };
}

/** @throws ConflictError when the run has ended */
export function failRun(run: Run, failure: Failure, at: string): RunIn<"failed"> {
  if (!isActive(run)) throw wrongStatus(run, "running");
  const failed = { ...ended(run, at, false), status: "failed" as const, failure };
  if (run.kind === "clustering") return { ...clusteringOf(run, at), ...failed };
  if (run.kind === "adaptation") return { ...adaptationOf(run, at), ...failed };
  return run.kind === "training"
    ? { ...trainingOf(run, at), attempts: endAttempts(run.attempts, "failed", at, failure), ...failed }
    : { ...diagnosisOf(run, at), ...failed };
}

/** @throws ConflictError when the run has ended */
export function cancelRun(run: Run, cancelledBy: string, at: string): RunIn<"cancelled"> {
  if (!isActive(run)) throw wrongStatus(run, "running");
  const cancelled = { ...ended(run, at, false), status: "cancelled" as const, cancelledBy };
  if (run.kind === "clustering") return { ...clusteringOf(run, at), ...cancelled };
  if (run.kind === "adaptation") return { ...adaptationOf(run, at), ...cancelled };
  return run.kind === "training"
    ? { ...trainingOf(run, at), attempts: endAttempts(run.attempts, "failed", at), ...cancelled }
    : { ...diagnosisOf(run, at), ...cancelled };
}

/**
 * The order of a failed or cancelled run, for a new one.
 * @throws ConflictError when the run still runs or has succeeded
 */
export function retryOf(run: Run, by: { readonly runId: string; readonly createdBy: string }): RetryOrder {
  if (run.status !== "failed" && run.status !== "cancelled") {
    throw new ConflictError("run-not-retryable", { id: run.runId, status: run.status });
  }
  const { workspaceId, name, datasetId } = run;
  const order = { workspaceId, name, datasetId, origin: "api" as const, retryOf: run.runId, ...by };
  if (run.kind === "clustering") return { ...order, ...clusteringSettings(run) };
  if (run.kind === "adaptation") return { ...order, ...adaptationSettings(run) };
  return run.kind === "training"
    ? { kind: "training", ...order, settings: run.settings, ...chainOf(run) }
    : { kind: "diagnosis", ...order, modelId: run.modelId, ...diagnosisChoices(run) };
}
export type RetryOrder =
  | ({ kind: "training" } & TrainingOrder)
  | ({ kind: "diagnosis" } & DiagnosisOrder)
  | ({ kind: "clustering" } & ClusteringOrder)
  | ({ kind: "adaptation" } & AdaptationOrder);

export function runView(run: Run): RunView {
  return RunView.parse(run);
}

export function wrongStatus(run: Run, expected: string): ConflictError {
  if (isEnded(run)) return new ConflictError("run-ended", { id: run.runId, status: run.status });
  return new ConflictError("run-status", { id: run.runId, status: run.status, wanted: expected });
}

function fresh(at: string) {
  return { schema: "run.v1" as const, version: 1, createdAt: at, updatedAt: at };
}

function ended(run: Run, at: string, whole: boolean) {
  if (run.status !== "running") return { endedAt: at };
  const progress = whole ? { ...run.progress, fraction: 1 } : run.progress;
  return { startedAt: run.startedAt, endedAt: at, progress };
}

function commonOf(run: Run, at: string) {
  const { schema, workspaceId, runId, name, origin, datasetId, retryOf, version, createdAt, createdBy } = run;
  return {
    ...{ schema, workspaceId, runId, name, origin, datasetId, createdAt, createdBy },
    ...(retryOf !== undefined && { retryOf }),
    version: version + 1,
    updatedAt: at,
  };
}

function trainingOf(run: TrainingRun, at: string) {
  return { ...commonOf(run, at), kind: run.kind, settings: run.settings, attempts: run.attempts, ...chainOf(run) };
}

function chainOf({ thenDiagnose }: TrainingRun) {
  return thenDiagnose === undefined ? {} : { thenDiagnose };
}

function diagnosisOf(run: DiagnosisRun, at: string) {
  const { kind, modelId } = run;
  return { ...commonOf(run, at), kind, modelId, ...diagnosisChoices(run) };
}

/** What a diagnosis was ordered to do. */
function diagnosisChoices({ explain, anomalyThreshold, verifies, normalClass }: DiagnosisRun) {
  return {
    ...(explain !== undefined && { explain }),
    ...(anomalyThreshold !== undefined && { anomalyThreshold }),
    ...(verifies !== undefined && { verifies }),
    ...(normalClass !== undefined && { normalClass }),
  };
}

function clusteringOf(run: ClusteringRun, at: string) {
  return { ...commonOf(run, at), ...clusteringSettings(run) };
}

function clusteringSettings({ kind, method, clusters }: ClusteringRun) {
  return { kind, method, ...(clusters !== undefined && { clusters }) };
}

function adaptationOf(run: AdaptationRun, at: string) {
  return { ...commonOf(run, at), ...adaptationSettings(run) };
}

function adaptationSettings({ kind, modelId, labelledDatasetId, settings }: AdaptationRun) {
  return { kind, modelId, settings, ...(labelledDatasetId !== undefined && { labelledDatasetId }) };
}
