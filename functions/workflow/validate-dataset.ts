import { expectDataset } from "@systemhealer/domain/dataset";
import { limitsOf } from "@systemhealer/domain/quotas";
import type { IngestInput, ValidatedDataset } from "@systemhealer/domain/workflow-payloads";
import { functionEnvironments, parseEnvironment } from "@systemhealer/platform/environment";
import { createLogger } from "@systemhealer/platform/logger";
import { recordStores } from "@systemhealer/platform/record-stores";
import { s3ObjectStore } from "@systemhealer/platform/s3-object-store";
import { snsAlerts } from "@systemhealer/platform/sns-alerts";
import { keepValidated } from "./keep-validated.ts";
import { tellOfRejection } from "./tell-of-rejection.ts";
import { validateStored } from "./validate-stored.ts";

const env = parseEnvironment(functionEnvironments["workflow/validate-dataset"], process.env);
const logger = createLogger("validate-dataset");
const ports = {
  ...recordStores(env.TABLE_NAME),
  objects: s3ObjectStore(env.BUCKET_NAME),
  alerts: snsAlerts(env.ALERT_TOPIC_ARN),
};

/** Reads the file of a data set once and makes the data set ready or rejected. Repeating it answers what was decided. */
export async function handler({ workspaceId, datasetId }: IngestInput): Promise<ValidatedDataset> {
  const stored = await ports.datasets.get(workspaceId, datasetId);
  if (stored.status === "ready" || stored.status === "rejected") {
    return { workspaceId, datasetId, status: stored.status, followUp: stored.followUp };
  }
  const dataset = expectDataset(stored, "validating");
  const validated = await validateStored(ports, dataset, {
    limits: limitsOf(await ports.workspaces.find(workspaceId), env.LIMITS),
    heartbeatSeconds: env.HEARTBEAT_SECONDS,
    onBeatError: (error) => logger.warn("a beat was lost", { error: error as Error }),
  });
  const next = await keepValidated(ports, dataset, validated);
  if (next.status === "rejected") await tellOfRejection(ports, next);
  return { workspaceId, datasetId, status: next.status, followUp: next.followUp };
}
