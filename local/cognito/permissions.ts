import type { Input } from "./input.ts";
import { operations } from "./operations/table.ts";

export const targetPrefix = "AWSCognitoIdentityProviderService.";

/** The operation of an `x-amz-target`; undefined when the call is not one of the user pool API. */
export function operationOf(target: string): string | undefined {
  return target.startsWith(targetPrefix) ? target.slice(targetPrefix.length) : undefined;
}

/** Whether a call needs no signature: it is public, or carries its access token in the body. */
export function isPublic(operation: string): boolean {
  const access = operations.get(operation)?.access;
  return access === "client" || access === "token";
}

/** What a signed call must be allowed by IAM: one action on the pool it names. */
export function requiredPermission(
  operation: string,
  input: Input,
  account: { readonly region: string; readonly accountId: string },
): { readonly action: string; readonly resource: string } {
  const poolId = typeof input.UserPoolId === "string" ? input.UserPoolId : "";
  return { action: `cognito-idp:${operation}`, resource: userPoolArn(account.region, account.accountId, poolId) };
}

export function userPoolArn(region: string, accountId: string, poolId: string): string {
  return `arn:aws:cognito-idp:${region}:${accountId}:userpool/${poolId}`;
}
