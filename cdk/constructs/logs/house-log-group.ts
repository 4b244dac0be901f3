import { LogGroup, type LogGroupProps } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import { stageOf } from "../stage/stage-scope.ts";

/** Logs kept as long as the stage says; they outlive the stack where its data does. */
export class HouseLogGroup extends LogGroup {
  constructor(scope: Construct, id: string, props: Omit<LogGroupProps, "retention" | "removalPolicy"> = {}) {
    const { config, removalPolicy } = stageOf(scope);
    super(scope, id, { ...props, retention: config.logRetentionDays, removalPolicy });
  }
}
