import type { Run } from "@systemhealer/contract/run";
import { runPrefix } from "@systemhealer/domain/object-keys";
import { failingRun } from "@systemhealer/domain/use-cases/failing-run";
import { registerAdaptation } from "@systemhealer/domain/use-cases/register-adaptation";
import { registerClusters } from "@systemhealer/domain/use-cases/register-clusters";
import { registerModel } from "@systemhealer/domain/use-cases/register-model";
import { tellOfRun } from "@systemhealer/domain/use-cases/tell-of-run";
import type { RunInput } from "@systemhealer/domain/workflow-payloads";
import { functionEnvironments, parseEnvironment } from "@systemhealer/platform/environment";
import { createLogger } from "@systemhealer/platform/logger";
import { recordStores } from "@systemhealer/platform/record-stores";
import { s3ObjectStore } from "@systemhealer/platform/s3-object-store";
import { snsAlerts } from "@systemhealer/platform/sns-alerts";
import { readAdaptedModel } from "./read-adapted-model.ts";
import { readTrainedModel } from "./read-trained-model.ts";

const env = parseEnvironment(functionEnvironments["workflow/register-model"], process.env);
const logger = createLogger("register-model");
const ports = {
  ...recordStores(env.TABLE_NAME),
  objects: s3ObjectStore(env.BUCKET_NAME),
  alerts: snsAlerts(env.ALERT_TOPIC_ARN),
};

/**
 * Makes a model of what a training or an adaptation left behind, or ends a clustering with it. A run that has ended meanwhile registers
 * and keeps nothing.
 */
export async function handler({ workspaceId, runId }: RunInput): Promise<void> {
  const run = await ports.runs.get(workspaceId, runId);
  const isRepeated = run.kind !== "diagnosis" && run.status === "succeeded";
  if (run.kind === "diagnosis" || (run.status !== "running" && !isRepeated)) {
    logger.warn("nothing to register", { runId, status: run.status });
    return;
  }
  if (run.status === "running") {
    const progress = {
      ...run.progress,
      stage: "registering" as const,
      fraction: Math.max(run.progress.fraction, 0.99),
    };
    await ports.runs.beat(workspaceId, runId, progress, ports.clock().toISOString());
  }
  const ended: Run = await failingRun(ports, run, async () => {
    if (run.kind === "clustering") return registerClusters(ports, run);
    if (run.kind === "adaptation") return registerAdaptation(ports, run, await readAdaptedModel(ports, run));
    const { model, key } = await readTrainedModel(ports, run);
    return registerModel(ports, model, run.origin, key);
  });
  if (ended.status !== "succeeded") await ports.objects.deletePrefix(runPrefix(workspaceId, runId));
  else if (!isRepeated) await tellOfRun(ports, ended);
}
