import type { TrainingRun } from "@systemhealer/contract/run";
import { startAttempt } from "@systemhealer/domain/attempts";
import { expectDataset } from "@systemhealer/domain/dataset";
import { VersionConflictError } from "@systemhealer/domain/errors";
import { failureOf } from "@systemhealer/domain/failure";
import type { Ports } from "@systemhealer/domain/ports/ports";
import { startRun } from "@systemhealer/domain/run";
import { failingRun } from "@systemhealer/domain/use-cases/failing-run";
import { FitError } from "@systemhealer/ml/learners/learner";
import { type TrainedModel, trainModel } from "@systemhealer/ml/pipeline/train-model";
import { startPulse } from "@systemhealer/platform/pulse";
import { describeLearner, nextRung } from "./ladder.ts";
import { readDataset } from "./read-dataset.ts";
import { ProgressRecorder } from "./training-progress.ts";
import { writeArtefacts } from "./write-artefacts.ts";

type RunningTraining = Extract<TrainingRun, { status: "running" }>;

export interface TrainRunOptions {
  readonly heartbeatSeconds: number;
  readonly threads: number;
  /** Aborted when the process is told to stop. */
  readonly signal: AbortSignal;
  readonly onBeatError: (error: unknown) => void;
}

/** Nobody waits for the run any more: it was cancelled, or failed by the sweeper. */
export class UnwantedRunError extends Error {
  override readonly name = "UnwantedRunError";
}

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
  await failingRun(ports, run, () => train(ports, run, options));
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
  return replace(ports, { ...run, attempts: [attempt] });
}

async function train(ports: TrainPorts, begun: RunningTraining, options: TrainRunOptions): Promise<void> {
  const { workspaceId, runId } = begun;
  const recorder = new ProgressRecorder();
  const unwanted = new AbortController();
  const pulse = startPulse(recorder.progress, {
    send: (progress) => ports.runs.beat(workspaceId, runId, progress, ports.clock().toISOString()),
    maxMilliseconds: options.heartbeatSeconds * 250,
    onUnwanted: () => unwanted.abort(new UnwantedRunError("the run has ended")),
    onError: options.onBeatError,
  });
  const signal = AbortSignal.any([options.signal, unwanted.signal]);
  try {
    const dataset = expectDataset(await ports.datasets.get(workspaceId, begun.datasetId), "ready");
    const table = await readDataset(ports.objects, dataset, signal);
    const trained = await climb(ports, begun, recorder, (settings) =>
      trainModel(table, settings, {
        trainingFileSha256: dataset.sha256,
        threads: options.threads,
        onProgress: (progress) => pulse.update(recorder.add(progress)),
        signal,
      }),
    );
    signal.throwIfAborted();
    await writeArtefacts(ports.objects, begun, trained);
  } finally {
    await pulse.stop();
  }
}

/** One try after the other, until one converges or the ladder ends. */
async function climb(
  ports: TrainPorts,
  begun: RunningTraining,
  recorder: ProgressRecorder,
  tryOut: (settings: TrainingRun["settings"]) => Promise<TrainedModel>,
): Promise<TrainedModel> {
  let run = begun;
  let settings = begun.settings;
  for (let attempt = 2; ; attempt++) {
    try {
      return await tryOut(settings);
    } catch (error) {
      const next = nextRung(begun.settings, attempt);
      if (!(error instanceof FitError) || error.code !== "did-not-converge" || !next) throw error;
      const at = ports.clock().toISOString();
      const progress = recorder.restart();
      const climbed = startAttempt(run, describeLearner(next), at, failureOf(error));
      run = await replace(ports, { ...climbed, progress });
      settings = next;
    }
  }
}

async function replace(ports: TrainPorts, run: RunningTraining): Promise<RunningTraining> {
  try {
    await ports.runs.replace(run);
    return run;
  } catch (cause) {
    if (cause instanceof VersionConflictError) throw new UnwantedRunError("the run has ended", { cause });
    throw cause;
  }
}
