import { existsSync, mkdirSync } from "node:fs";
import { type FileHandle, open, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "@systemhealer/contract/client";
import type { DatasetView } from "@systemhealer/contract/dataset";
import type { DiagnosisSummary } from "@systemhealer/contract/diagnosis";
import { message } from "@systemhealer/contract/messages/message";
import type { RunView } from "@systemhealer/contract/run";
import { type ByteSource, uploadDataset } from "@systemhealer/contract/upload";
import { simulate } from "@systemhealer/simulator/simulate";
import { writeFileAtomically } from "../process/write-file-atomically.ts";
import type { ProgressLine } from "./progress-line.ts";

const trainingRows = 3_000;
const diagnosisRows = 600;
/** Shows a leaderboard without a long wait. */
const sampleSettings = { learner: { learner: "auto", budgetSeconds: 20, folds: 3 } } as const;
const pollMilliseconds = 300;
const longestWaitMilliseconds = 30 * 60_000;

/** The sample did not get through; the message says where. */
export class SampleError extends Error {
  override readonly name = "SampleError";
}

/** Whether the sample has been loaded into this data folder. */
export function isSampleLoaded(dataDirectory: string): boolean {
  return existsSync(markerOf(dataDirectory));
}

/**
 * Loads two simulated files through the API as a user would: trains on the first, diagnoses the second, shows how far
 * it is and what came out.
 *
 * @throws SampleError, ApiError, UploadError; the signal's reason when aborted.
 */
export async function loadSample(
  client: Client,
  dataDirectory: string,
  progress: ProgressLine,
  signal: AbortSignal,
): Promise<void> {
  await client.call("getSession", {}, { signal });
  const folder = join(dataDirectory, "sample");
  mkdirSync(folder, { recursive: true });
  const training = join(folder, "simulated-training.csv");
  const diagnosis = join(folder, "simulated-diagnosis.csv");
  await writeSimulation(training, trainingRows, 1);
  await writeSimulation(diagnosis, diagnosisRows, 2);

  const known = await upload(client, training, "training", progress, signal);
  const trained = await client.call(
    "createTrainingRun",
    { body: { datasetId: known.datasetId, settings: sampleSettings } },
    { signal },
  );
  const training_ = await follow(client, trained, "training", progress, signal);
  if (training_.kind !== "training" || training_.status !== "succeeded") throw failed("training", training_);
  const { accuracy, macroF1, modelId } = training_.result;
  progress.done("training", `accuracy ${percent(accuracy)}, macro-F1 ${macroF1.toFixed(3)} on rows it never saw`);

  const unknown = await upload(client, diagnosis, "diagnosis", progress, signal);
  const order = { datasetId: unknown.datasetId, modelId };
  const started = await client.call("createDiagnosisRun", { body: order }, { signal });
  const ended = await follow(client, started, "diagnosis", progress, signal);
  if (ended.status !== "succeeded") throw failed("diagnosis", ended);
  const summary = await client.call("getRunSummary", { runId: ended.runId }, { signal });
  progress.done("diagnosis", describeSummary(summary));
  writeFileAtomically(markerOf(dataDirectory), `${JSON.stringify({ loadedAt: new Date().toISOString() })}\n`);
}

async function writeSimulation(path: string, rows: number, seed: number): Promise<void> {
  if (existsSync(path)) return;
  await writeFile(`${path}.tmp`, simulate({ rows, seed }));
  await rename(`${path}.tmp`, path);
}

async function upload(
  client: Client,
  path: string,
  purpose: "training" | "diagnosis",
  progress: ProgressLine,
  signal: AbortSignal,
): Promise<DatasetView> {
  const fileName = path.split(/[\\/]/).at(-1)!;
  const file = await open(path);
  let dataset: DatasetView;
  try {
    const order = { fileName, name: `Simulated ${purpose} sample`, purpose };
    dataset = await uploadDataset(client, await sourceOf(file), order, {
      signal,
      onProgress: ({ arrivedBytes, totalBytes }) => progress.show(fileName, "sending", arrivedBytes / totalBytes),
    });
  } finally {
    await file.close();
  }
  const { datasetId } = dataset;
  const ready = await poll(
    () => client.call("getDataset", { datasetId }, { signal }),
    ({ status }) => status === "ready" || status === "rejected",
    ({ status }) => progress.show(fileName, status),
    signal,
  );
  if (ready.status !== "ready") throw new SampleError(`${fileName} became no data set: ${ready.status}`);
  progress.done(fileName, `${ready.rows} rows, ${ready.featureCount} KPIs, simulated`);
  return ready;
}

async function sourceOf(file: FileHandle): Promise<ByteSource> {
  const { size } = await file.stat();
  return {
    size,
    async read(from, to) {
      const { buffer, bytesRead } = await file.read(new Uint8Array(to - from), 0, to - from, from);
      return buffer.subarray(0, bytesRead);
    },
  };
}

function follow(
  client: Client,
  run: RunView,
  what: string,
  progress: ProgressLine,
  signal: AbortSignal,
): Promise<RunView> {
  return poll(
    () => client.call("getRun", { runId: run.runId }, { signal }),
    ({ status }) => status !== "queued" && status !== "running",
    (now) => {
      if (now.status === "running") progress.show(what, now.progress.stage, now.progress.fraction);
      else if (now.status === "queued") progress.show(what, "waiting");
    },
    signal,
  );
}

async function poll<T>(
  read: () => Promise<T>,
  ended: (value: T) => boolean,
  show: (value: T) => void,
  signal: AbortSignal,
): Promise<T> {
  const deadline = Date.now() + longestWaitMilliseconds;
  while (Date.now() < deadline) {
    const value = await read();
    if (ended(value)) return value;
    show(value);
    await sleep(pollMilliseconds, undefined, { signal });
  }
  throw new SampleError("it took more than half an hour");
}

function failed(what: string, run: RunView): SampleError {
  if (run.status !== "failed") return new SampleError(`the ${what} was ${run.status}`);
  const { code, parameters } = run.failure;
  return new SampleError(`the ${what} failed: ${message(code, parameters, "en")}`);
}

function describeSummary({ rows, classes, evaluation }: DiagnosisSummary): string {
  const counts = classes.map(({ name, rows: count }) => `${name}: ${count}`).join(", ");
  const quality = evaluation ? `; right in ${percent(evaluation.accuracy)} of them` : "";
  return `${rows} rows (${counts})${quality}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function markerOf(dataDirectory: string): string {
  return join(dataDirectory, "sample.json");
}
