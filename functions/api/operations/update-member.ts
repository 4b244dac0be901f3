import { MemberView } from "@systemhealer/contract/member";
import { changeRole } from "@systemhealer/domain/use-cases/manage-members";
import type { Handler } from "../services.ts";

export const updateMember: Handler<"updateMember"> = async ({ path, body }, { workspaceId, userId: by }, services) =>
  MemberView.parse(await changeRole(services, workspaceId, { ...path, ...body, by }));
