import { Aws } from "aws-cdk-lib";
import type { IConstruct } from "constructs";
import { stageOf } from "../stage/stage-scope.ts";

/**
 * A name told from stage, account and region alone: the portal's security policy names the bucket, and the bucket's
 * rules name the portal, so one of the two must be known before it is there.
 */
export function dataBucketName(scope: IConstruct): string {
  return `systemhealer-${stageOf(scope).config.name}-data-${Aws.ACCOUNT_ID}-${Aws.REGION}`;
}
