import type { Client } from "@systemhealer/contract/client";
import type { DatasetPurpose } from "@systemhealer/contract/dataset";
import { failureMessage, type Language } from "@systemhealer/contract/messages/message";
import type { RunView } from "@systemhealer/contract/run";
import { uploadDataset } from "@systemhealer/contract/upload";
import { followUntil } from "../../lib/follow.ts";
import { isMoving } from "../../lib/queries.ts";
import { simulateFile } from "./simulate-file.ts";

export const sampleSteps = ["simulate", "uploadTraining", "train", "uploadDiagnosis", "diagnose"] as const;
export type SampleStep = (typeof sampleSteps)[number];

export interface SampleProgress {
  readonly step: SampleStep | "done";
  /** Of the step, 0 to 1. */
  readonly fraction: number;
  readonly trainingRunId?: string;
  readonly diagnosisRunId?: string;
  /** Share of the diagnosed rows that were right. */
  readonly accuracy?: number;
}

export interface SampleOptions {
  readonly language: Language;
  readonly nameOf: (purpose: DatasetPurpose) => string;
  readonly onProgress: (progress: SampleProgress) => void;
}

const trainingRows = 3_000;
const diagnosisRows = 600;
/** Shows a leaderboard without a long wait. */
const sampleSettings = { learner: { learner: "auto", budgetSeconds: 20, folds: 3 } } as const;

/** Simulates two files, trains on the first and diagnoses the second. @throws what a step throws */
export async function runSample(client: Client, { language, nameOf, onProgress }: SampleOptions): Promise<void> {
  let progress: SampleProgress = { step: "simulate", fraction: 0 };
  const tell = (change: Partial<SampleProgress>) => {
    progress = { ...progress, fraction: 0, ...change };
    onProgress(progress);
  };
  tell({});
  const training = await simulateFile("simulated-training.csv", trainingRows, 1);
  tell({ fraction: 0.8 });
  const diagnosis = await simulateFile("simulated-diagnosis.csv", diagnosisRows, 2);

  tell({ step: "uploadTraining" });
  const known = await upload(client, training, "training", nameOf("training"));
  tell({ step: "train" });
  const { runId } = await client.call("createTrainingRun", { body: { datasetId: known, settings: sampleSettings } });
  tell({ trainingRunId: runId });
  const trained = await follow(client, runId, language, (fraction) => tell({ fraction }));
  if (trained.kind !== "training" || trained.status !== "succeeded") throw new Error(trained.status);

  tell({ step: "uploadDiagnosis" });
  const unknown = await upload(client, diagnosis, "diagnosis", nameOf("diagnosis"));
  tell({ step: "diagnose" });
  const order = { datasetId: unknown, modelId: trained.result.modelId };
  const started = await client.call("createDiagnosisRun", { body: order });
  tell({ diagnosisRunId: started.runId });
  await follow(client, started.runId, language, (fraction) => tell({ fraction }));
  const { evaluation } = await client.call("getRunSummary", { runId: started.runId });
  tell({ step: "done", fraction: 1, ...(evaluation && { accuracy: evaluation.accuracy }) });
}

async function upload(client: Client, file: File, purpose: DatasetPurpose, name: string): Promise<string> {
  const source = {
    size: file.size,
    read: async (from: number, to: number) => new Uint8Array(await file.slice(from, to).arrayBuffer()),
  };
  const { datasetId } = await uploadDataset(client, source, { fileName: file.name, name, purpose });
  const checked = await followUntil(
    () => client.call("getDataset", { datasetId }),
    (dataset) => !isMoving(dataset),
  );
  if (checked.status !== "ready") throw new Error(`${file.name}: ${checked.status}`);
  return datasetId;
}

async function follow(
  client: Client,
  runId: string,
  language: Language,
  onFraction: (fraction: number) => void,
): Promise<RunView> {
  const run = await followUntil(
    () => client.call("getRun", { runId }),
    (read) => !isMoving(read),
    (read) => read.status === "running" && onFraction(read.progress.fraction),
  );
  if (run.status === "failed") throw new Error(failureMessage(run.failure, language));
  return run;
}
