import { datasetView } from "@systemhealer/domain/dataset";
import { annotationBy } from "../annotation-by.ts";
import type { Handler } from "../services.ts";

export const updateDataset: Handler<"updateDataset"> = async ({ path, body }, caller, { datasets, clock }) =>
  datasetView(await datasets.annotate(caller.workspaceId, path.datasetId, annotationBy(caller, body, clock())));
