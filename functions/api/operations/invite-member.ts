import { MemberView } from "@systemhealer/contract/member";
import { inviteMember as invite } from "@systemhealer/domain/use-cases/manage-members";
import type { Handler } from "../services.ts";

export const inviteMember: Handler<"inviteMember"> = async ({ body }, { workspaceId, userId }, services) =>
  MemberView.parse(await invite(services, workspaceId, { ...body, invitedBy: userId }));
