import { NotFoundError } from "@systemhealer/domain/errors";
import { type ArrivedObject, parseArrivedKey } from "@systemhealer/domain/object-keys";
import { acceptDrop } from "@systemhealer/domain/use-cases/accept-drop";
import { beginValidation } from "@systemhealer/domain/use-cases/begin-validation";
import { functionEnvironments, parseEnvironment } from "@systemhealer/platform/environment";
import { createLogger } from "@systemhealer/platform/logger";
import { recordStores } from "@systemhealer/platform/record-stores";
import { s3ObjectStore } from "@systemhealer/platform/s3-object-store";
import { snsAlerts } from "@systemhealer/platform/sns-alerts";
import { stepFunctionsWorkflows } from "@systemhealer/platform/step-functions-workflows";

const env = parseEnvironment(functionEnvironments["events/object-created"], process.env);
const logger = createLogger("object-created");
const ports = {
  ...recordStores(env.TABLE_NAME),
  objects: s3ObjectStore(env.BUCKET_NAME),
  workflows: stepFunctionsWorkflows({ ingest: env.INGEST_STATE_MACHINE_ARN }),
  alerts: snsAlerts(env.ALERT_TOPIC_ARN),
};

/** What is read of EventBridge's "Object Created" event. */
export interface ObjectCreatedEvent {
  readonly detail: {
    readonly object: {
      readonly key: string;
      readonly etag: string;
      readonly size: number;
      readonly sequencer?: string;
    };
  };
}

/** An object has arrived under `uploads/` or `drops/`. The event may come more than once. */
export async function handler(event: ObjectCreatedEvent): Promise<void> {
  const { key, etag, size, sequencer = "" } = event.detail.object;
  const arrived = parseArrivedKey(key);
  if (!arrived) return logger.info("no arrival", { key });
  if (arrived.kind === "upload") return acceptUpload(arrived, key);
  await acceptDroppedFile({ ...arrived, key, etag: `"${etag.replaceAll('"', "")}"`, sizeBytes: size, sequencer });
}

/** An address lives on for minutes after its data set was deleted; bytes that come by it then belong to nobody. */
async function acceptUpload(
  { workspaceId, datasetId }: Extract<ArrivedObject, { kind: "upload" }>,
  key: string,
): Promise<void> {
  try {
    await beginValidation(ports, workspaceId, datasetId);
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    logger.warn("the data set was deleted before its bytes arrived", { workspaceId, datasetId });
    if (error.code === "dataset-not-found") await ports.objects.delete(key);
  }
}

async function acceptDroppedFile(drop: Parameters<typeof acceptDrop>[1]): Promise<void> {
  const outcome = await acceptDrop(ports, drop, env.LIMITS);
  if (outcome === "accepted") return;
  logger.warn("a drop was not accepted", { outcome, key: drop.key });
  if (outcome === "replaced") return;
  await ports.alerts.raise({
    subject: `Drop not accepted: ${drop.fileName}`,
    body: { reason: outcome, key: drop.key, sizeBytes: drop.sizeBytes, maxFileBytes: env.LIMITS.maxFileBytes },
  });
}
