import type { QuotasView } from "@systemhealer/contract/quotas";
import type { Workspace } from "@systemhealer/contract/workspace";
import { mostOf, quotasOf } from "@systemhealer/domain/quotas";
import type { Services } from "./services.ts";

export async function quotasView(
  { datasets, runs, limits }: Pick<Services, "datasets" | "runs" | "limits">,
  workspace: Workspace,
): Promise<QuotasView> {
  const { workspaceId, version, quotas: set = {} } = workspace;
  const [usage, runsAtOnce] = await Promise.all([datasets.usage(workspaceId), runs.countActive(workspaceId)]);
  return { quotas: quotasOf(workspace, limits), most: mostOf(limits), set, used: { ...usage, runsAtOnce }, version };
}
