import { sweepDataset } from "@systemhealer/domain/use-cases/sweep-dataset";
import { sweepRun } from "@systemhealer/domain/use-cases/sweep-run";
import { functionEnvironments, parseEnvironment } from "@systemhealer/platform/environment";
import { createLogger } from "@systemhealer/platform/logger";
import { recordStores } from "@systemhealer/platform/record-stores";
import { s3ObjectStore } from "@systemhealer/platform/s3-object-store";
import { s3Transfers } from "@systemhealer/platform/s3-transfers";
import { snsAlerts } from "@systemhealer/platform/sns-alerts";
import { stepFunctionsWorkflows } from "@systemhealer/platform/step-functions-workflows";

const env = parseEnvironment(functionEnvironments["events/sweep"], process.env);
const logger = createLogger("sweep");
const ports = {
  ...recordStores(env.TABLE_NAME),
  objects: s3ObjectStore(env.BUCKET_NAME),
  transfers: s3Transfers(env.BUCKET_NAME, { downloadSeconds: 1 }),
  workflows: stepFunctionsWorkflows({
    ingest: env.INGEST_STATE_MACHINE_ARN,
    training: env.TRAINING_STATE_MACHINE_ARN,
    diagnosis: env.DIAGNOSIS_STATE_MACHINE_ARN,
  }),
  alerts: snsAlerts(env.ALERT_TOPIC_ARN),
};

/** Data sets looked at in one sweep: each that stands still is mended, so the rest comes next. */
const maxDatasets = 500;
/**
 * A queue of runs that may wait stands before a silent one, so all are looked at, as many side by side as the services
 * bear, until the time of the function is nearly over.
 */
const maxRuns = 10_000;
const sideBySide = 10;
const longestMilliseconds = 40_000;

/** Ends or mends what stands still. What goes wrong with one record does not keep the others waiting. */
export async function handler(): Promise<void> {
  const faults: unknown[] = [];
  const silentSince = new Date(ports.clock().getTime() - env.HEARTBEAT_SECONDS * 1000).toISOString();
  await sweepRuns(faults);
  for (const dataset of await ports.datasets.listStale(silentSince, maxDatasets)) {
    const { datasetId } = dataset;
    const outcome = await guarded(faults, { datasetId }, () => sweepDataset(ports, dataset));
    if (outcome && outcome !== "left") logger.warn("mended a data set", { datasetId, outcome });
  }
  if (faults.length > 0) throw new AggregateError(faults, `${faults.length} records could not be swept`);
}

async function sweepRuns(faults: unknown[]): Promise<void> {
  const until = Date.now() + longestMilliseconds;
  let looked = 0;
  const runs = ports.runs.listActive()[Symbol.asyncIterator]();
  async function work(): Promise<void> {
    while (looked++ < maxRuns && Date.now() < until) {
      const { value: run, done } = await runs.next();
      if (done) return;
      const { runId } = run;
      const failed = await guarded(faults, { runId }, () => sweepRun(ports, run, env.HEARTBEAT_SECONDS));
      if (failed?.status === "failed") logger.warn("failed a run", { runId, failure: failed.failure });
    }
  }
  await Promise.all(Array.from({ length: sideBySide }, work));
}

async function guarded<T>(faults: unknown[], about: object, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    logger.error("could not sweep", { error: error as Error, ...about });
    faults.push(error);
    return undefined;
  }
}
