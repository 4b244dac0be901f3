import { existsSync, mkdirSync } from "node:fs";
import { type FileHandle, open, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "@systemhealer/contract/client";
import type { DatasetView } from "@systemhealer/contract/dataset";
import type { DiagnosisSummary } from "@systemhealer/contract/diagnosis";
import { failureMessage, type Language } from "@systemhealer/contract/messages/message";
import type { RunView } from "@systemhealer/contract/run";
import { type ByteSource, uploadDataset } from "@systemhealer/contract/upload";
import { simulate } from "@systemhealer/simulator/simulate";
import { writeFileAtomically } from "../process/write-file-atomically.ts";
import type { ProgressLine } from "./progress-line.ts";
import { formatCount } from "./texts/format.ts";
import { type Purpose, type Texts, textsIn } from "./texts/texts.ts";

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

/** To whom, and how long. */
export interface Telling {
  readonly progress: ProgressLine;
  readonly language: Language;
  readonly signal: AbortSignal;
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
export async function loadSample(client: Client, dataDirectory: string, telling: Telling): Promise<void> {
  const { progress, signal } = telling;
  const texts = textsIn(telling.language);
  await client.call("getSession", {}, { signal });
  const folder = join(dataDirectory, "sample");
  mkdirSync(folder, { recursive: true });
  const training = join(folder, "simulated-training.csv");
  const diagnosis = join(folder, "simulated-diagnosis.csv");
  await writeSimulation(training, trainingRows, 1);
  await writeSimulation(diagnosis, diagnosisRows, 2);

  const known = await upload(client, training, "training", telling);
  const trained = await client.call(
    "createTrainingRun",
    { body: { datasetId: known.datasetId, settings: sampleSettings } },
    { signal },
  );
  const training_ = await follow(client, trained, "training", telling);
  if (training_.kind !== "training" || training_.status !== "succeeded")
    throw failed("training", training_, telling.language);
  const { accuracy, macroF1, modelId } = training_.result;
  progress.done(texts.words.training, texts.trained(percent(accuracy), macroF1.toFixed(3)));

  const unknown = await upload(client, diagnosis, "diagnosis", telling);
  const order = { datasetId: unknown.datasetId, modelId };
  const started = await client.call("createDiagnosisRun", { body: order }, { signal });
  const ended = await follow(client, started, "diagnosis", telling);
  if (ended.status !== "succeeded") throw failed("diagnosis", ended, telling.language);
  const summary = await client.call("getRunSummary", { runId: ended.runId }, { signal });
  progress.done(texts.words.diagnosis, describeSummary(summary, texts));
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
  purpose: Purpose,
  { progress, language, signal }: Telling,
): Promise<DatasetView> {
  const texts = textsIn(language);
  const fileName = path.split(/[\\/]/).at(-1)!;
  const file = await open(path);
  let dataset: DatasetView;
  try {
    const order = { fileName, name: texts.sampleName(purpose), purpose };
    dataset = await uploadDataset(client, await sourceOf(file), order, {
      signal,
      onProgress: ({ arrivedBytes, totalBytes }) =>
        progress.show(fileName, texts.stages.sending, arrivedBytes / totalBytes),
    });
  } finally {
    await file.close();
  }
  const { datasetId } = dataset;
  const ready = await poll(
    () => client.call("getDataset", { datasetId }, { signal }),
    ({ status }) => status === "ready" || status === "rejected",
    ({ status }) => progress.show(fileName, texts.stages[status]),
    { language, signal },
  );
  if (ready.status !== "ready") throw new SampleError(texts.fileRejected(fileName));
  progress.done(fileName, texts.fileReady(ready.rows, ready.featureCount));
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
  purpose: Purpose,
  { progress, language, signal }: Telling,
): Promise<RunView> {
  const texts = textsIn(language);
  const what = texts.words[purpose];
  return poll(
    () => client.call("getRun", { runId: run.runId }, { signal }),
    ({ status }) => status !== "queued" && status !== "running",
    (now) => {
      if (now.status === "running") progress.show(what, texts.stages[now.progress.stage], now.progress.fraction);
      else if (now.status === "queued") progress.show(what, texts.stages.queued);
    },
    { language, signal },
  );
}

async function poll<T>(
  read: () => Promise<T>,
  ended: (value: T) => boolean,
  show: (value: T) => void,
  { language, signal }: Pick<Telling, "language" | "signal">,
): Promise<T> {
  const deadline = Date.now() + longestWaitMilliseconds;
  while (Date.now() < deadline) {
    const value = await read();
    if (ended(value)) return value;
    show(value);
    await sleep(pollMilliseconds, undefined, { signal });
  }
  throw new SampleError(textsIn(language).tookTooLong);
}

function failed(purpose: Purpose, run: RunView, language: Language): SampleError {
  const texts = textsIn(language);
  const what = texts.words[purpose];
  if (run.status !== "failed") return new SampleError(texts.ended(what, run.status));
  return new SampleError(texts.failed(what, failureMessage(run.failure, language)));
}

function describeSummary({ rows, classes, evaluation }: DiagnosisSummary, texts: Texts): string {
  const counts = classes.map(({ name, rows: count }) => `${name}: ${formatCount(count)}`).join(", ");
  return texts.diagnosed(rows, counts, evaluation && percent(evaluation.accuracy));
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function markerOf(dataDirectory: string): string {
  return join(dataDirectory, "sample.json");
}
