import { NotFoundError } from "@systemhealer/domain/errors";
import { interruptValidation } from "@systemhealer/domain/use-cases/interrupt-validation";
import type { FailedIngestInput } from "@systemhealer/domain/workflow-payloads";
import { functionEnvironments, parseEnvironment } from "@systemhealer/platform/environment";
import { createLogger } from "@systemhealer/platform/logger";
import { recordStores } from "@systemhealer/platform/record-stores";
import { s3ObjectStore } from "@systemhealer/platform/s3-object-store";
import { snsAlerts } from "@systemhealer/platform/sns-alerts";

const env = parseEnvironment(functionEnvironments["workflow/record-ingest-failure"], process.env);
const logger = createLogger("record-ingest-failure");
const ports = {
  ...recordStores(env.TABLE_NAME),
  objects: s3ObjectStore(env.BUCKET_NAME),
  alerts: snsAlerts(env.ALERT_TOPIC_ARN),
};

/** The check of a file broke off, or the run that its drop asked for could not be started. */
export async function handler({ workspaceId, datasetId, error }: FailedIngestInput): Promise<void> {
  logger.error("ingest failed", { workspaceId, datasetId, word: error.Error, cause: error.Cause });
  try {
    const interrupted = await interruptValidation(ports, workspaceId, datasetId);
    const { fileName, origin } = await ports.datasets.get(workspaceId, datasetId);
    await ports.alerts.raise({
      subject: interrupted ? `Check interrupted: ${fileName}` : `Run not started: ${fileName}`,
      body: { workspaceId, datasetId, fileName, origin, error: error.Error },
    });
  } catch (failure) {
    if (!(failure instanceof NotFoundError)) throw failure;
    logger.info("the data set was deleted meanwhile", { workspaceId, datasetId });
  }
}
