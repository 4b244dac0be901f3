import { randomBytes } from "node:crypto";
import { WorkspaceId } from "@systemhealer/contract/ids";
import { cognitoMembers } from "@systemhealer/platform/cognito-members";
import { functionEnvironments, parseEnvironment } from "@systemhealer/platform/environment";
import { createLogger } from "@systemhealer/platform/logger";
import { recordStores } from "@systemhealer/platform/record-stores";
import type { PostConfirmationTriggerEvent } from "aws-lambda";

const env = parseEnvironment(functionEnvironments["events/post-confirmation"], process.env);
const logger = createLogger("post-confirmation");
const { workspaces, clock } = recordStores(env.TABLE_NAME);
const members = cognitoMembers();

/** A user who has signed up gets a workspace of their own, as its administrator. The event may come more than once. */
export async function handler(event: PostConfirmationTriggerEvent): Promise<PostConfirmationTriggerEvent> {
  if (event.triggerSource !== "PostConfirmation_ConfirmSignUp") return event;
  const { userPoolId, userName, request } = event;
  const known = WorkspaceId.safeParse(request.userAttributes["custom:workspace"]);
  const workspaceId = known.success ? known.data : newWorkspaceId();
  await workspaces.getOrCreate(workspaceId, request.userAttributes.sub ?? userName, clock().toISOString());
  await members.admit({ userPoolId, userName, workspaceId, role: "admin" });
  logger.info("a member has joined", { workspaceId });
  return event;
}

/** Fifty random bits in Crockford base 32. */
function newWorkspaceId(): string {
  const digits = [...randomBytes(10)].map((byte) => "0123456789abcdefghjkmnpqrstvwxyz"[byte % 32]);
  return `w-${digits.join("")}`;
}
