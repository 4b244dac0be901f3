import { runPrefix } from "@systemhealer/domain/object-keys";
import { failRun } from "@systemhealer/domain/run";
import { endRun } from "@systemhealer/domain/use-cases/end-run";
import { tellOfRun } from "@systemhealer/domain/use-cases/tell-of-run";
import type { FailedRunInput } from "@systemhealer/domain/workflow-payloads";
import { functionEnvironments, parseEnvironment } from "@systemhealer/platform/environment";
import { createLogger } from "@systemhealer/platform/logger";
import { recordStores } from "@systemhealer/platform/record-stores";
import { s3ObjectStore } from "@systemhealer/platform/s3-object-store";
import { snsAlerts } from "@systemhealer/platform/sns-alerts";
import { failureOfExecution } from "./failure-of-execution.ts";

const env = parseEnvironment(functionEnvironments["workflow/record-run-failure"], process.env);
const logger = createLogger("record-run-failure");
const ports = {
  ...recordStores(env.TABLE_NAME),
  objects: s3ObjectStore(env.BUCKET_NAME),
  alerts: snsAlerts(env.ALERT_TOPIC_ARN),
};

/**
 * Writes on a run why its execution failed, unless its worker has said so already or it was cancelled, and tells the
 * administrators of every run that failed. What a worker that died has left behind goes.
 */
export async function handler({ workspaceId, runId, error }: FailedRunInput): Promise<void> {
  logger.error("a run's execution failed", { workspaceId, runId, word: error.Error, cause: error.Cause });
  const now = ports.clock();
  const { run } = await endRun(ports, workspaceId, runId, (stored) => {
    const startedAt = stored.status === "running" ? stored.startedAt : stored.createdAt;
    const seconds = Math.round((now.getTime() - Date.parse(startedAt)) / 1000);
    return failRun(stored, failureOfExecution(error, seconds), now.toISOString());
  });
  if (run.status !== "succeeded") await ports.objects.deletePrefix(runPrefix(workspaceId, runId));
  if (run.status === "failed") await tellOfRun(ports, run);
}
