import { runView } from "@systemhealer/domain/run";
import { pageRequest, tagFilter, viewPage } from "../page.ts";
import type { Handler } from "../services.ts";

export const listRuns: Handler<"listRuns"> = async ({ query }, { workspaceId }, { runs }) => {
  const filter = {
    ...(query.kind && { kind: query.kind }),
    ...(query.status && { status: query.status }),
    ...tagFilter(query),
    ...(query.search && { search: query.search }),
  };
  return viewPage(await runs.list(workspaceId, filter, pageRequest(query)), runView);
};
