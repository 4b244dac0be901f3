import { type AccessRequest, evaluate } from "../iam/evaluate.ts";
import type { Principal } from "../sigv4/credential-store.ts";

/** A principal lacks a grant, as it would on AWS. */
export class AccessDeniedError extends Error {
  constructor(principal: Principal, action: string, resource: string) {
    super(
      `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
    );
    this.name = "AccessDeniedException";
  }
}

/** @throws AccessDeniedError unless a policy of the principal allows the action on the resource. */
export function authorize(
  principal: Principal,
  action: string,
  resource: string,
  context: AccessRequest["context"] = {},
): void {
  if (evaluate(principal.policies, { action, resource, context }) !== "allow") {
    throw new AccessDeniedError(principal, action, resource);
  }
}
