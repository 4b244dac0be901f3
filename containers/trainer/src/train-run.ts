import { expectDataset } from "@systemhealer/domain/dataset";
import type { Ports } from "@systemhealer/domain/ports/ports";
import { startRun } from "@systemhealer/domain/run";
import { describeLearner } from "@systemhealer/ml/pipeline/ladder";
import { trainWithLadder } from "@systemhealer/ml/pipeline/train-with-ladder";
import { attemptRecorder } from "./attempt-recorder.ts";
import { readDataset } from "./read-dataset.ts";
import { type RunningTraining, replaceRun, UnwantedRunError } from "./replace-run.ts";
import { ProgressRecorder } from "./training-progress.ts";
import { type Work, type WorkOptions, workOnRun } from "./work-on-run.ts";
import { writeArtefacts } from "./write-artefacts.ts";

export interface TrainRunOptions extends WorkOptions {
  readonly threads: number;
}

/** Of one try; the workflow waits for several. */
const longestAttemptSeconds = 3 * 3_600;

type TrainPorts = Pick<Ports, "runs" | "datasets" | "models" | "objects" | "clock">;

/**
 * Trains the model of a queued run and leaves its files for the registration. Progress and every try of the ladder are
 * on the run as they happen; a failure is on it in words before it is thrown.
 * @throws UnwantedRunError, the signal's reason, or what made the training fail
 */
export async function trainRun(
  ports: TrainPorts,
  workspaceId: string,
  runId: string,
  options: TrainRunOptions,
): Promise<void> {
  const run = await begin(ports, workspaceId, runId);
  await workOnRun(ports, run, options, (work) => train(ports, run, options.threads, work));
}

/** @throws UnwantedRunError unless the run is a queued training that this process could take */
async function begin(ports: TrainPorts, workspaceId: string, runId: string): Promise<RunningTraining> {
  const queued = await ports.runs.get(workspaceId, runId);
  if (queued.kind !== "training" || queued.status !== "queued") {
    throw new UnwantedRunError(`the run is ${queued.status}, not queued`);
  }
  const at = ports.clock().toISOString();
  const run = startRun(queued, at) as RunningTraining;
  const attempt = { number: 1, learner: describeLearner(run.settings), startedAt: at, outcome: "running" as const };
  return replaceRun(ports, { ...run, attempts: [attempt] });
}

async function train(ports: TrainPorts, begun: RunningTraining, threads: number, work: Work): Promise<void> {
  const { tell, signal } = work;
  const recorder = new ProgressRecorder();
  const dataset = expectDataset(await ports.datasets.get(begun.workspaceId, begun.datasetId), "ready");
  const table = await readDataset(ports.objects, dataset, signal, { keepSeries: true });
  const trained = await trainWithLadder(table, begun.settings, {
    trainingFileSha256: dataset.sha256,
    threads,
    onProgress: (progress) => tell(recorder.add(progress)),
    onNext: attemptRecorder(ports, begun, recorder),
    attemptSeconds: longestAttemptSeconds,
    signal,
  });
  signal.throwIfAborted();
  await writeArtefacts(ports.objects, begun, trained);
}
