import { AuditEntryView } from "@systemhealer/contract/audit";
import { pageRequest, viewPage } from "../page.ts";
import type { Handler } from "../services.ts";

export const listAudit: Handler<"listAudit"> = async ({ query }, { workspaceId }, { audit }) => {
  const { actor, operation } = query;
  const page = await audit.list(workspaceId, { actor, operation }, pageRequest(query));
  return viewPage(page, (entry) => AuditEntryView.parse(entry));
};
