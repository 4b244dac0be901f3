import { cognitoMembers } from "@systemhealer/platform/cognito-members";
import { functionEnvironments, parseEnvironment } from "@systemhealer/platform/environment";
import { createLogger } from "@systemhealer/platform/logger";
import { recordStores } from "@systemhealer/platform/record-stores";
import type { PreTokenGenerationTriggerEvent } from "aws-lambda";
import { isUnplaced, placeNewcomer } from "./place-newcomer.ts";

const env = parseEnvironment(functionEnvironments["events/pre-token"], process.env);
const logger = createLogger("pre-token");
const ports = { ...recordStores(env.TABLE_NAME), members: cognitoMembers() };

/**
 * Mends a user whose confirmation was cut short: he gets workspace and role in this very token. All others, also those
 * whom somebody placed in a workspace without a role, pass without a call of anything. Where the mending fails, the token is as it would have been.
 */
export async function handler(event: PreTokenGenerationTriggerEvent): Promise<PreTokenGenerationTriggerEvent> {
  const { userPoolId, userName, request } = event;
  const { userAttributes: attributes, groupConfiguration } = request;
  const newcomer = { userPoolId, userName, attributes };
  const isConfirmed = attributes["cognito:user_status"] === "CONFIRMED";
  if (!isConfirmed || !isUnplaced(newcomer, groupConfiguration.groupsToOverride ?? [])) return event;
  try {
    const { workspaceId, role } = await placeNewcomer(ports, newcomer);
    logger.warn("placed a member whose confirmation was cut short", { workspaceId });
    const claimsToAddOrOverride = { "custom:workspace": workspaceId };
    const groupOverrideDetails = { ...groupConfiguration, groupsToOverride: [role] };
    return { ...event, response: { claimsOverrideDetails: { claimsToAddOrOverride, groupOverrideDetails } } };
  } catch (error) {
    logger.error("could not place a member", { error: error as Error, userName });
    return event;
  }
}
