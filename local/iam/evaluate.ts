import type { ConditionContext } from "./condition.ts";
import type { Pattern } from "./pattern.ts";
import type { Policy, PrincipalMatch, Statement } from "./policy.ts";

export type Decision = "allow" | "explicit-deny" | "implicit-deny";

export interface AccessRequest {
  /** e.g. `s3:GetObject`; compared without regard to case. */
  readonly action: string;
  /** ARN of what is acted on, or `*` for an action that has no resource. */
  readonly resource: string;
  /** Condition keys of the request. `aws:SecureTransport` is added: loopback counts as secure. */
  readonly context?: ConditionContext;
  /** ARN of the caller, for the statements of a resource policy. */
  readonly principalArn?: string;
}

/**
 * Evaluates identity policies, and resource policies of the same account beside them, after
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html:
 * one matching Deny wins over every Allow, and without a matching Allow the answer is an implicit deny.
 * Differs: no permission boundaries, session policies or organisation policies.
 */
export function evaluate(policies: readonly Policy[], request: AccessRequest): Decision {
  const context: ConditionContext = {
    ...(request.principalArn === undefined ? {} : { "aws:PrincipalArn": request.principalArn }),
    ...request.context,
    "aws:SecureTransport": "true",
  };
  let decision: Decision = "implicit-deny";
  for (const policy of policies) {
    for (const statement of policy.statements) {
      if (!applies(statement, request, context)) continue;
      if (statement.effect === "Deny") return "explicit-deny";
      decision = "allow";
    }
  }
  return decision;
}

function applies(statement: Statement, request: AccessRequest, context: ConditionContext): boolean {
  return (
    (statement.principals?.some((principal) => speaksOf(principal, request.principalArn)) ?? true) &&
    matches(statement.actions, request.action) &&
    matches(statement.resources, request.resource) &&
    statement.conditions.every((condition) => condition.matches(context))
  );
}

function matches(set: { readonly patterns: readonly Pattern[]; readonly negated: boolean }, text: string): boolean {
  return set.patterns.some((pattern) => pattern.expression.test(text)) !== set.negated;
}

function speaksOf(principal: PrincipalMatch, arn: string | undefined): boolean {
  switch (principal.kind) {
    case "everyone":
      return true;
    case "service":
      return false;
    case "aws":
      return arn !== undefined && principal.arns.some((pattern) => pattern.expression.test(arn));
  }
}
