import { cognitoMembers } from "@systemhealer/platform/cognito-members";
import { functionEnvironments, parseEnvironment } from "@systemhealer/platform/environment";
import { createLogger } from "@systemhealer/platform/logger";
import { recordStores } from "@systemhealer/platform/record-stores";
import type { PostConfirmationTriggerEvent } from "aws-lambda";
import { placeNewcomer } from "./place-newcomer.ts";

const env = parseEnvironment(functionEnvironments["events/post-confirmation"], process.env);
const logger = createLogger("post-confirmation");
const ports = { ...recordStores(env.TABLE_NAME), members: cognitoMembers() };

/** A user who has signed up gets a workspace of their own, as its administrator. The event may come more than once. */
export async function handler(event: PostConfirmationTriggerEvent): Promise<PostConfirmationTriggerEvent> {
  if (event.triggerSource !== "PostConfirmation_ConfirmSignUp") return event;
  const { userPoolId, userName, request } = event;
  const { workspaceId } = await placeNewcomer(ports, { userPoolId, userName, attributes: request.userAttributes });
  logger.info("a member has joined", { workspaceId });
  return event;
}
