import { ValidationReport } from "@systemhealer/contract/validation-report";
import { expectDataset } from "@systemhealer/domain/dataset";
import { readJson } from "@systemhealer/domain/use-cases/read-json";
import type { Handler } from "../services.ts";

export const getDatasetReport: Handler<"getDatasetReport"> = async ({ path }, { workspaceId }, services) => {
  const dataset = expectDataset(await services.datasets.get(workspaceId, path.datasetId), "rejected");
  return readJson(services, dataset.reportKey, ValidationReport);
};
