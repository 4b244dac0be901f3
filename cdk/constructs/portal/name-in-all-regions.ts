import { Aws } from "aws-cdk-lib";
import type { IConstruct } from "constructs";
import { stageOf } from "../stage/stage-scope.ts";

/** CloudFront's parts have one name in an account, wherever their stack is. */
export function nameInAllRegions(scope: IConstruct, part: string): string {
  return `systemhealer-${stageOf(scope).config.name}-${part}-${Aws.REGION}`;
}
