import type { AdaptationRun } from "@systemhealer/contract/run";
import { expectDataset } from "@systemhealer/domain/dataset";
import { RunFailedError } from "@systemhealer/domain/errors";
import { listNames } from "@systemhealer/domain/list-names";
import type { Ports } from "@systemhealer/domain/ports/ports";
import { startRun } from "@systemhealer/domain/run";
import { type AdaptedModel, adaptModel } from "@systemhealer/ml/adapt/adapt-model";
import { AdaptationError } from "@systemhealer/ml/adapt/adaptation-error";
import { ColumnsDoNotMatchError } from "@systemhealer/ml/diagnose/match-columns";
import { ModelFileError } from "@systemhealer/ml/diagnose/model-file-error";
import { readDataset } from "./read-dataset.ts";
import { readModel } from "./read-model.ts";
import { replaceRun, UnwantedRunError } from "./replace-run.ts";
import { type Work, type WorkOptions, workOnRun } from "./work-on-run.ts";
import { writeAdaptation } from "./write-adaptation.ts";

type RunningAdaptation = Extract<AdaptationRun, { status: "running" }>;
type AdaptPorts = Pick<Ports, "runs" | "datasets" | "models" | "objects" | "clock">;

/** Where each part of the work ends on the way from 0 to 1. */
const ends = { reading: 0.05, adapting: 0.9 } as const;

/**
 * Adapts the model of a queued run to the rows of its data set, diagnoses them, and leaves all files for the
 * registration. A failure is on the run in words before it is thrown.
 * @throws UnwantedRunError, the signal's reason, or what made the adaptation fail
 */
export async function adaptRun(
  ports: AdaptPorts,
  workspaceId: string,
  runId: string,
  options: WorkOptions & { readonly threads: number },
): Promise<void> {
  const queued = await ports.runs.get(workspaceId, runId);
  if (queued.kind !== "adaptation" || queued.status !== "queued") {
    throw new UnwantedRunError(`the run is ${queued.status}, not queued`);
  }
  const run = await replaceRun(ports, startRun(queued, ports.clock().toISOString()) as RunningAdaptation);
  await workOnRun(ports, run, options, (work) => adapt(ports, run, options.threads, work));
}

async function adapt(ports: AdaptPorts, run: RunningAdaptation, threads: number, work: Work): Promise<void> {
  const { signal } = work;
  const tell = (stage: "adapting" | "diagnosing", from: number, to: number) => (share: number) =>
    work.tell({ stage, fraction: from + (to - from) * Math.min(1, share), curve: [] });
  const dataset = expectDataset(await ports.datasets.get(run.workspaceId, run.datasetId), "ready");
  const model = await readModel(ports.objects, await ports.models.get(run.workspaceId, run.modelId));
  const rows = await readDataset(ports.objects, dataset, signal, { labels: "ignored", keepSampleIds: true });
  const labelled = await readLabelled(ports, run, signal);
  const tellAdapting = tell("adapting", ends.reading, ends.adapting);
  tellAdapting(0);
  const adapted = await adaptedTo(model, rows, {
    targetFileSha256: dataset.sha256,
    ...(labelled && { labelled }),
    seed: run.settings.seed,
    threads,
    onProgress: tellAdapting,
    signal,
  });
  signal.throwIfAborted();
  await writeAdaptation(ports.objects, {
    run,
    dataset,
    adapted,
    signal,
    onProgress: tell("diagnosing", ends.adapting, 1),
  });
}

/** Rows without a class are told of in the statement; a file with none was refused when the run was ordered. */
async function readLabelled(ports: AdaptPorts, run: RunningAdaptation, signal: AbortSignal) {
  const { workspaceId, labelledDatasetId } = run;
  if (labelledDatasetId === undefined) return undefined;
  const dataset = expectDataset(await ports.datasets.get(workspaceId, labelledDatasetId), "ready");
  return readDataset(ports.objects, dataset, signal, { labels: "optional", keepSampleIds: true });
}

/** @throws RunFailedError */
async function adaptedTo(...order: Parameters<typeof adaptModel>): Promise<AdaptedModel> {
  try {
    return await adaptModel(...order);
  } catch (cause) {
    throw inWords(cause);
  }
}

function inWords(cause: unknown): unknown {
  if (cause instanceof AdaptationError) {
    const code = cause.code === "no-sample" ? "model-unusable" : "data-unusable";
    return new RunFailedError(code, { reason: `adapt-${cause.code}`, ...cause.parameters }, { cause });
  }
  if (cause instanceof ColumnsDoNotMatchError) {
    const { found, expected } = cause;
    return new RunFailedError("columns-do-not-match", { found, expected, ...listNames(cause.missing) }, { cause });
  }
  if (cause instanceof ModelFileError)
    return new RunFailedError("model-unusable", { reason: cause.problem }, { cause });
  if (cause instanceof RangeError) {
    const memoryMiB = Math.round(process.memoryUsage.rss() / 1024 ** 2);
    return new RunFailedError("out-of-memory", { memoryMiB }, { cause });
  }
  return cause;
}
