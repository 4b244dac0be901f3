import { expectDataset } from "@systemhealer/domain/dataset";
import { failingRun } from "@systemhealer/domain/use-cases/failing-run";
import type { ShardInput } from "@systemhealer/domain/workflow-payloads";
import { functionEnvironments, parseEnvironment } from "@systemhealer/platform/environment";
import { createLogger } from "@systemhealer/platform/logger";
import { startPulse } from "@systemhealer/platform/pulse";
import { recordStores } from "@systemhealer/platform/record-stores";
import { s3ObjectStore } from "@systemhealer/platform/s3-object-store";
import { diagnoseStoredShard } from "./diagnose-stored-shard.ts";
import { ModelCache } from "./model-cache.ts";

const env = parseEnvironment(functionEnvironments["inference/shard"], process.env);
const logger = createLogger("diagnose-shard");
const objects = s3ObjectStore(env.BUCKET_NAME);
const ports = { ...recordStores(env.TABLE_NAME), objects };
const cache = new ModelCache(objects);

/** The part of Lambda's context that is looked at. */
interface InvocationContext {
  getRemainingTimeInMillis(): number;
}

/** Of the time that an invocation has, what stays for the rows that are diagnosed only, and for writing. */
const shareKept = 0.25;

/**
 * Diagnoses one byte range of a run's data set. A run that has ended meanwhile needs it no more. Rows are explained as
 * long as the function's time allows.
 */
export async function handler({ workspaceId, runId, shard }: ShardInput, context?: InvocationContext): Promise<void> {
  const remaining = () => context?.getRemainingTimeInMillis() ?? Number.POSITIVE_INFINITY;
  const kept = shareKept * (context ? remaining() : 0);
  const hasTime = () => remaining() > kept;
  const run = await ports.runs.get(workspaceId, runId);
  if (run.kind !== "diagnosis" || run.status !== "running") {
    return logger.warn("not wanted any more", { runId, shard, status: run.status });
  }
  const unwanted = new AbortController();
  const now = () => ports.clock().toISOString();
  const pulse = startPulse(undefined, {
    send: () => ports.runs.touch(workspaceId, runId, now()),
    maxMilliseconds: env.HEARTBEAT_SECONDS * 250,
    onUnwanted: () => unwanted.abort(new Error("the run has ended")),
    onError: (error) => logger.warn("a beat was lost", { error: error as Error }),
  });
  try {
    await failingRun(ports, run, async () => {
      const dataset = expectDataset(await ports.datasets.get(workspaceId, run.datasetId), "ready");
      const stored = await ports.models.get(workspaceId, run.modelId);
      const model = await cache.get(stored);
      const explainer = run.explain ? await cache.explainer(stored) : undefined;
      const order = { run, dataset, model, shard, hasTime, signal: unwanted.signal };
      const count = await diagnoseStoredShard(ports, { ...order, ...(explainer && { explainer }) });
      await ports.runs.markShardDone(workspaceId, runId, { index: shard, count }, now());
    });
  } finally {
    await pulse.stop();
  }
}
