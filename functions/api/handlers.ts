import type { OperationName, operations } from "@systemhealer/contract/operations";
import type { Handlers } from "../http/router.ts";
import { activateModel } from "./operations/activate-model.ts";
import { cancelRun } from "./operations/cancel-run.ts";
import { completeDatasetUpload } from "./operations/complete-dataset-upload.ts";
import { createAdaptationRun } from "./operations/create-adaptation-run.ts";
import { createClusteringRun } from "./operations/create-clustering-run.ts";
import { createDataset } from "./operations/create-dataset.ts";
import { createDiagnosisRun } from "./operations/create-diagnosis-run.ts";
import { createModelImport } from "./operations/create-model-import.ts";
import { createTrainingRun } from "./operations/create-training-run.ts";
import { deleteDataset } from "./operations/delete-dataset.ts";
import { deleteModel } from "./operations/delete-model.ts";
import { deleteRun } from "./operations/delete-run.ts";
import { downloadDataset } from "./operations/download-dataset.ts";
import { downloadModel } from "./operations/download-model.ts";
import { downloadRun } from "./operations/download-run.ts";
import { getConfig } from "./operations/get-config.ts";
import { getDataset } from "./operations/get-dataset.ts";
import { getDatasetHistograms } from "./operations/get-dataset-histograms.ts";
import { getDatasetPreview } from "./operations/get-dataset-preview.ts";
import { getDatasetProfile } from "./operations/get-dataset-profile.ts";
import { getDatasetReport } from "./operations/get-dataset-report.ts";
import { getDatasetUpload } from "./operations/get-dataset-upload.ts";
import { getModel } from "./operations/get-model.ts";
import { getModelSummary } from "./operations/get-model-summary.ts";
import { getOpenApi } from "./operations/get-open-api.ts";
import { getPreferences } from "./operations/get-preferences.ts";
import { getQuotas } from "./operations/get-quotas.ts";
import { getRun } from "./operations/get-run.ts";
import { getRunAdaptation } from "./operations/get-run-adaptation.ts";
import { getRunClusters } from "./operations/get-run-clusters.ts";
import { getRunQueue } from "./operations/get-run-queue.ts";
import { getRunResults } from "./operations/get-run-results.ts";
import { getRunSample } from "./operations/get-run-sample.ts";
import { getRunSummary } from "./operations/get-run-summary.ts";
import { getSession } from "./operations/get-session.ts";
import { inviteMember } from "./operations/invite-member.ts";
import { labelClusters } from "./operations/label-clusters.ts";
import { listAudit } from "./operations/list-audit.ts";
import { listDatasets } from "./operations/list-datasets.ts";
import { listMembers } from "./operations/list-members.ts";
import { listModels } from "./operations/list-models.ts";
import { listRuns } from "./operations/list-runs.ts";
import { removeMember } from "./operations/remove-member.ts";
import { retryRun } from "./operations/retry-run.ts";
import { signDatasetParts } from "./operations/sign-dataset-parts.ts";
import { updateDataset } from "./operations/update-dataset.ts";
import { updateMember } from "./operations/update-member.ts";
import { updateModel } from "./operations/update-model.ts";
import { updatePreferences } from "./operations/update-preferences.ts";
import { updateQuotas } from "./operations/update-quotas.ts";
import { updateRun } from "./operations/update-run.ts";
import type { Services } from "./services.ts";

type ApiOperation = { [N in OperationName]: (typeof operations)[N]["target"] extends "api" ? N : never }[OperationName];

/** One for each operation of the table that the API answers; a missing one is a compile error. */
export const handlers: Handlers<ApiOperation, Services> = {
  getSession,
  getPreferences,
  updatePreferences,
  listMembers,
  inviteMember,
  updateMember,
  removeMember,
  getQuotas,
  updateQuotas,
  listAudit,
  createDataset,
  getDatasetUpload,
  signDatasetParts,
  completeDatasetUpload,
  listDatasets,
  getDataset,
  updateDataset,
  getDatasetProfile,
  getDatasetHistograms,
  getDatasetPreview,
  getDatasetReport,
  downloadDataset,
  deleteDataset,
  createTrainingRun,
  createDiagnosisRun,
  createClusteringRun,
  createAdaptationRun,
  getRunAdaptation,
  getRunClusters,
  labelClusters,
  listRuns,
  getRun,
  getRunQueue,
  updateRun,
  cancelRun,
  retryRun,
  deleteRun,
  getRunSample,
  getRunResults,
  getRunSummary,
  downloadRun,
  listModels,
  getModel,
  updateModel,
  createModelImport,
  getModelSummary,
  activateModel,
  downloadModel,
  deleteModel,
  getConfig,
  getOpenApi,
};
