import { datasetView } from "@systemhealer/domain/dataset";
import { pageRequest, tagFilter, viewPage } from "../page.ts";
import type { Handler } from "../services.ts";

export const listDatasets: Handler<"listDatasets"> = async ({ query }, { workspaceId }, { datasets }) => {
  const filter = { status: query.status, ...(query.purpose && { purpose: query.purpose }), ...tagFilter(query) };
  return viewPage(await datasets.list(workspaceId, filter, pageRequest(query)), datasetView);
};
