import { dropPrefix } from "@systemhealer/domain/object-keys";
import type { Handler } from "../services.ts";

export const getSession: Handler<"getSession"> = async (_input, caller, { workspaces, clock, limits, bucketName }) => {
  const { userId, email, workspaceId, role } = caller;
  const { activeModelId } = await workspaces.getOrCreate(workspaceId, userId, clock().toISOString());
  return {
    ...{ userId, email, workspaceId, role, activeModelId, limits },
    drops: {
      bucket: bucketName,
      trainPrefix: dropPrefix(workspaceId, "train"),
      diagnosePrefix: dropPrefix(workspaceId, "diagnose"),
    },
  };
};
