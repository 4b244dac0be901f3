import type { ConditionContext } from "../iam/condition.ts";
import { type Decision, evaluate } from "../iam/evaluate.ts";
import type { Principal } from "../sigv4/credential-store.ts";
import type { Bucket } from "./bucket.ts";
import { S3Error } from "./s3-error.ts";

export interface Access {
  readonly bucket: Bucket;
  readonly principal: Principal;
  /** Conditions that hold for the whole request. */
  readonly context: ConditionContext;
}

/** Asks the caller's policies and the bucket's. `key` is absent for an action on the bucket itself. */
export function decide(access: Access, action: string, key?: string, context: ConditionContext = {}): Decision {
  return evaluate([...access.principal.policies, ...access.bucket.policies], {
    action,
    resource: resourceArn(access.bucket, key),
    principalArn: access.principal.arn,
    context: { ...access.context, ...context },
  });
}

/**
 * Throws `S3Error` AccessDenied. Reading from and writing to a bucket that is encrypted with a KMS key of the template
 * also needs `kms:Decrypt` and `kms:GenerateDataKey` on that key, as on AWS.
 */
export function authorise(access: Access, action: string, key?: string, context: ConditionContext = {}): void {
  refuseUnless(decide(access, action, key, context), access.principal, action, resourceArn(access.bucket, key));
  const encryption = access.bucket.definition.encryption;
  const keyAction = kmsActions[action];
  if (encryption?.algorithm === "aws:kms" && encryption.keyArn !== undefined && keyAction !== undefined) {
    const decision = evaluate(access.principal.policies, {
      action: keyAction,
      resource: encryption.keyArn,
      principalArn: access.principal.arn,
    });
    refuseUnless(decision, access.principal, keyAction, encryption.keyArn);
  }
}

const kmsActions: Readonly<Record<string, string>> = {
  "s3:GetObject": "kms:Decrypt",
  "s3:GetObjectVersion": "kms:Decrypt",
  "s3:PutObject": "kms:GenerateDataKey",
};

function refuseUnless(decision: Decision, principal: Principal, action: string, resource: string): void {
  if (decision === "allow") return;
  const reason =
    decision === "explicit-deny"
      ? `with an explicit deny`
      : `because no identity-based policy allows the ${action} action`;
  throw new S3Error(
    "AccessDenied",
    `User: ${principal.arn} is not authorized to perform: ${action} on resource: "${resource}" ${reason}`,
  );
}

function resourceArn(bucket: Bucket, key: string | undefined): string {
  return key === undefined ? `arn:aws:s3:::${bucket.definition.name}` : `arn:aws:s3:::${bucket.definition.name}/${key}`;
}
