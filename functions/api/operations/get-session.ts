import { dropPrefix } from "@systemhealer/domain/object-keys";
import { limitsOf } from "@systemhealer/domain/quotas";
import { meetMember } from "@systemhealer/domain/use-cases/manage-members";
import type { Handler } from "../services.ts";

export const getSession: Handler<"getSession"> = async (_input, caller, services) => {
  const { userId, email, workspaceId, role } = caller;
  await meetMember(services, caller);
  const workspace = await services.workspaces.getOrCreate(workspaceId, userId, services.clock().toISOString());
  return {
    ...{ userId, email, workspaceId, role, activeModelId: workspace.activeModelId },
    limits: limitsOf(workspace, services.limits),
    drops: {
      bucket: services.bucketName,
      trainPrefix: dropPrefix(workspaceId, "train"),
      diagnosePrefix: dropPrefix(workspaceId, "diagnose"),
    },
  };
};
