import type { Dataset } from "@systemhealer/contract/dataset";
import { TrainingSettings } from "@systemhealer/contract/training-settings";
import { followUpRunId } from "@systemhealer/domain/ids";
import { findActiveModel } from "@systemhealer/domain/use-cases/find-active-model";
import { startDiagnosis } from "@systemhealer/domain/use-cases/start-diagnosis";
import { startTraining } from "@systemhealer/domain/use-cases/start-training";
import type { ValidatedDataset } from "@systemhealer/domain/workflow-payloads";
import { functionEnvironments, parseEnvironment } from "@systemhealer/platform/environment";
import { recordStores } from "@systemhealer/platform/record-stores";
import { snsAlerts } from "@systemhealer/platform/sns-alerts";
import { stepFunctionsWorkflows } from "@systemhealer/platform/step-functions-workflows";

const env = parseEnvironment(functionEnvironments["workflow/start-follow-up"], process.env);
const ports = {
  ...recordStores(env.TABLE_NAME),
  workflows: stepFunctionsWorkflows({
    training: env.TRAINING_STATE_MACHINE_ARN,
    diagnosis: env.DIAGNOSIS_STATE_MACHINE_ARN,
  }),
  alerts: snsAlerts(env.ALERT_TOPIC_ARN),
};

/** Starts the run that a drop asks for. The run's id follows from the data set's, so that repeating it starts one run. */
export async function handler({ workspaceId, datasetId, followUp }: ValidatedDataset): Promise<void> {
  const dataset = await ports.datasets.get(workspaceId, datasetId);
  if (followUp === "train") await startTraining(ports, { ...orderOf(dataset), settings: TrainingSettings.parse({}) });
  if (followUp === "diagnose") await diagnose(dataset);
}

async function diagnose(dataset: Dataset): Promise<void> {
  const { workspaceId, datasetId, fileName } = dataset;
  const model = await findActiveModel(ports, workspaceId);
  if (model) {
    await startDiagnosis(ports, { ...orderOf(dataset), modelId: model.modelId });
    return;
  }
  await ports.alerts.raise({
    subject: `Drop not diagnosed: ${fileName}`,
    body: { workspaceId, datasetId, fileName, reason: "no-active-model" },
  });
}

function orderOf({ workspaceId, datasetId, name, createdBy }: Dataset) {
  return { workspaceId, datasetId, name, createdBy, runId: followUpRunId(datasetId), origin: "drop" as const };
}
