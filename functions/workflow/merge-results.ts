import { runPrefix, shardPrefix } from "@systemhealer/domain/object-keys";
import { succeedDiagnosis } from "@systemhealer/domain/run";
import { endRun } from "@systemhealer/domain/use-cases/end-run";
import { failingRun } from "@systemhealer/domain/use-cases/failing-run";
import { noteRecovery } from "@systemhealer/domain/use-cases/note-recovery";
import { tellOfRun } from "@systemhealer/domain/use-cases/tell-of-run";
import type { RunInput } from "@systemhealer/domain/workflow-payloads";
import { functionEnvironments, parseEnvironment } from "@systemhealer/platform/environment";
import { createLogger } from "@systemhealer/platform/logger";
import { startPulse } from "@systemhealer/platform/pulse";
import { recordStores } from "@systemhealer/platform/record-stores";
import { s3ObjectStore } from "@systemhealer/platform/s3-object-store";
import { snsAlerts } from "@systemhealer/platform/sns-alerts";
import { mergeShards } from "./merge-shards.ts";

const env = parseEnvironment(functionEnvironments["workflow/merge-results"], process.env);
const logger = createLogger("merge-results");
const ports = {
  ...recordStores(env.TABLE_NAME),
  objects: s3ObjectStore(env.BUCKET_NAME),
  alerts: snsAlerts(env.ALERT_TOPIC_ARN),
};

/**
 * Joins the shards' results and ends the run. Order: the results, the run's end, the diagnosis that it verifies, the shards go; what a
 * crash leaves behind goes when the step is repeated. A run that has ended meanwhile keeps nothing.
 */
export async function handler({ workspaceId, runId }: RunInput): Promise<void> {
  const run = await ports.runs.get(workspaceId, runId);
  if (run.kind === "diagnosis" && run.status === "running") {
    const now = () => ports.clock().toISOString();
    const progress = { ...run.progress, stage: "merging" as const };
    const pulse = startPulse(progress, {
      send: (state) => ports.runs.beat(workspaceId, runId, state, now()),
      maxMilliseconds: env.HEARTBEAT_SECONDS * 250,
      onError: (error) => logger.warn("a beat was lost", { error: error as Error }),
    });
    try {
      const result = await failingRun(ports, run, () => mergeShards(ports, run));
      const { run: ended, won } = await endRun(ports, workspaceId, runId, (stored) =>
        succeedDiagnosis(stored, result, now()),
      );
      if (ended.status !== "succeeded") await ports.objects.deletePrefix(runPrefix(workspaceId, runId));
      if (won) await tellOfRun(ports, ended);
    } finally {
      await pulse.stop();
    }
  }
  await noteRecovery(ports, await ports.runs.get(workspaceId, runId));
  await ports.objects.deletePrefix(shardPrefix(workspaceId, runId));
}
