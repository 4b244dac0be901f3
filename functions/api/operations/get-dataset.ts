import { datasetView } from "@systemhealer/domain/dataset";
import type { Handler } from "../services.ts";

export const getDataset: Handler<"getDataset"> = async ({ path }, { workspaceId }, { datasets }) =>
  datasetView(await datasets.get(workspaceId, path.datasetId));
