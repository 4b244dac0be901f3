import type { QuotasView } from "@systemhealer/contract/quotas";
import type { Workspace } from "@systemhealer/contract/workspace";
import { mostOf, quotasOf } from "@systemhealer/domain/quotas";
import { storageUsed } from "@systemhealer/domain/use-cases/storage-used";
import type { Services } from "./services.ts";

export async function quotasView(
  services: Pick<Services, "datasets" | "objects" | "runs" | "limits">,
  workspace: Workspace,
): Promise<QuotasView> {
  const { workspaceId, version, quotas: set = {} } = workspace;
  const { runs, limits } = services;
  const [usage, runsAtOnce] = await Promise.all([storageUsed(services, workspaceId), runs.countActive(workspaceId)]);
  return { quotas: quotasOf(workspace, limits), most: mostOf(limits), set, used: { ...usage, runsAtOnce }, version };
}
