import type { Dataset } from "@systemhealer/contract/dataset";
import { TrainingSettings } from "@systemhealer/contract/training-settings";
import { followUpRunId } from "@systemhealer/domain/ids";
import { startAllAwaiting } from "@systemhealer/domain/use-cases/await-dataset";
import { findActiveModel } from "@systemhealer/domain/use-cases/find-active-model";
import { startDiagnosis } from "@systemhealer/domain/use-cases/start-diagnosis";
import { tellOfRun } from "@systemhealer/domain/use-cases/tell-of-run";
import { trainOrReuse } from "@systemhealer/domain/use-cases/train-or-reuse";
import type { ValidatedDataset } from "@systemhealer/domain/workflow-payloads";
import { softwareName } from "@systemhealer/ml/software";
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

/**
 * Starts the run that was asked for with the file, and the diagnoses that waited for it. The run's id follows from the
 * data set's, so that repeating it starts one run.
 */
export async function handler({ workspaceId, datasetId, status, followUp }: ValidatedDataset): Promise<void> {
  for (const run of await startAllAwaiting(ports, workspaceId, datasetId)) {
    if (run.status === "failed") await tellOfRun(ports, run);
  }
  if (status !== "ready" || followUp === "none") return;
  const dataset = await ports.datasets.get(workspaceId, datasetId);
  if (followUp === "train") {
    const { settings = TrainingSettings.parse({}), thenDiagnose } = dataset.training ?? {};
    const order = { ...orderOf(dataset), settings, ...(thenDiagnose !== undefined && { thenDiagnose }) };
    const run = await trainOrReuse(ports, order, { software: softwareName });
    if (run.status === "succeeded") await tellOfRun(ports, run);
  }
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
    subject: `File not diagnosed: ${fileName}`,
    body: { workspaceId, datasetId, fileName, reason: "no-active-model" },
  });
}

function orderOf({ workspaceId, datasetId, name, createdBy, origin: from }: Dataset) {
  const origin = from === "drop" ? ("drop" as const) : ("api" as const);
  return { workspaceId, datasetId, name, createdBy, runId: followUpRunId(datasetId), origin };
}
