import { diagnoseAfterTraining } from "@systemhealer/domain/use-cases/diagnose-after-training";
import { tellOfRun } from "@systemhealer/domain/use-cases/tell-of-run";
import type { RunInput } from "@systemhealer/domain/workflow-payloads";
import { functionEnvironments, parseEnvironment } from "@systemhealer/platform/environment";
import { createLogger } from "@systemhealer/platform/logger";
import { recordStores } from "@systemhealer/platform/record-stores";
import { snsAlerts } from "@systemhealer/platform/sns-alerts";
import { stepFunctionsWorkflows } from "@systemhealer/platform/step-functions-workflows";

const env = parseEnvironment(functionEnvironments["workflow/start-next"], process.env);
const logger = createLogger("start-next");
const ports = {
  ...recordStores(env.TABLE_NAME),
  workflows: stepFunctionsWorkflows({ diagnosis: env.DIAGNOSIS_STATE_MACHINE_ARN }),
  alerts: snsAlerts(env.ALERT_TOPIC_ARN),
};

/** Starts the diagnosis that a training was ordered with, if it was. */
export async function handler({ workspaceId, runId }: RunInput): Promise<void> {
  const started = await diagnoseAfterTraining(ports, await ports.runs.get(workspaceId, runId));
  if (!started) return;
  logger.info("the next run", { runId, next: started.runId, status: started.status });
  if (started.status === "failed") await tellOfRun(ports, started);
}
