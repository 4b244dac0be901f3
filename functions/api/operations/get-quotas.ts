import { quotasView } from "../quotas-view.ts";
import type { Handler } from "../services.ts";

export const getQuotas: Handler<"getQuotas"> = async (_input, { workspaceId, userId }, services) =>
  quotasView(services, await services.workspaces.getOrCreate(workspaceId, userId, services.clock().toISOString()));
