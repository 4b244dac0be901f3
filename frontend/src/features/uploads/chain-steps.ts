import type { DatasetView } from "@systemhealer/contract/dataset";
import type { RunView } from "@systemhealer/contract/run";

export const chainSteps = ["diagnosisFile", "trainingFile", "train", "diagnose"] as const;
export type ChainStep = (typeof chainSteps)[number];
export type ChainStepState = "success" | "in-progress" | "pending" | "error";

/** What is known of a chain; what has not begun is not there. */
export interface ChainRecords {
  readonly diagnosisFile?: DatasetView | undefined;
  readonly trainingFile?: DatasetView | undefined;
  readonly train?: RunView | undefined;
  readonly diagnose?: RunView | undefined;
}

/** How far each step of "upload, train and diagnose" is. A step after one that failed does not begin. */
export function chainStates(records: ChainRecords): Readonly<Record<ChainStep, ChainStepState>> {
  const train = runState(records.train);
  return {
    diagnosisFile: fileState(records.diagnosisFile),
    trainingFile: fileState(records.trainingFile),
    train,
    diagnose: train === "error" ? "pending" : runState(records.diagnose),
  };
}

/** Whether all bytes are with the system, which then goes on by itself. */
export function hasArrived(file: DatasetView | undefined): boolean {
  return file !== undefined && file.status !== "uploading";
}

/** The run that trains on a data set which was announced with the order to do so. */
export const trainingRunOf = (datasetId: string): string => `run-${datasetId.replace(/^ds-/, "")}`;

/** The diagnosis that follows a training, among the latest ones. */
export function diagnosisAfter(
  training: RunView | undefined,
  diagnosisFileId: string,
  latest: readonly RunView[],
): RunView | undefined {
  if (training?.kind !== "training" || training.status !== "succeeded") return undefined;
  const { modelId } = training.result;
  return latest.find((run) => run.kind === "diagnosis" && run.datasetId === diagnosisFileId && run.modelId === modelId);
}

function fileState(file: DatasetView | undefined): ChainStepState {
  if (file?.status === "ready") return "success";
  return file?.status === "rejected" ? "error" : "in-progress";
}

function runState(run: RunView | undefined): ChainStepState {
  if (!run) return "pending";
  if (run.status === "succeeded") return "success";
  return run.status === "failed" || run.status === "cancelled" ? "error" : "in-progress";
}
