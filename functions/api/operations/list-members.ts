import { MemberView } from "@systemhealer/contract/member";
import { pageRequest, viewPage } from "../page.ts";
import type { Handler } from "../services.ts";

export const listMembers: Handler<"listMembers"> = async ({ query }, { workspaceId }, { members }) =>
  viewPage(await members.list(workspaceId, pageRequest(query)), (member) => MemberView.parse(member));
