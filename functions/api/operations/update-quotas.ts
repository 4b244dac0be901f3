import { changeQuotas } from "@systemhealer/domain/quotas";
import { quotasView } from "../quotas-view.ts";
import type { Handler } from "../services.ts";

export const updateQuotas: Handler<"updateQuotas"> = async ({ body }, { workspaceId, userId }, services) => {
  const at = services.clock().toISOString();
  const stored = await services.workspaces.getOrCreate(workspaceId, userId, at);
  const next = changeQuotas(stored, body, services.limits, at);
  await services.workspaces.replace(next);
  return quotasView(services, next);
};
