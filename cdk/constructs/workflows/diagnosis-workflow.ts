import { Duration } from "aws-cdk-lib";
import { DistributedMap, JsonPath, StateMachineType, Succeed } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import type { AlertTopic } from "../alerts/alert-topic.ts";
import type { HouseFunction } from "../function/house-function.ts";
import { stageOf } from "../stage/stage-scope.ts";
import { failInto, lambdaStep } from "./steps.ts";
import { Workflow } from "./workflow.ts";

export interface DiagnosisWorkflowProps {
  readonly planDiagnosis: HouseFunction;
  readonly diagnoseShard: HouseFunction;
  readonly mergeResults: HouseFunction;
  readonly recordRunFailure: HouseFunction;
  readonly alerts: AlertTopic;
}

/** From a queued diagnosis run to merged results: the file's byte ranges are diagnosed side by side. */
export class DiagnosisWorkflow extends Workflow<"DIAGNOSIS_STATE_MACHINE_ARN"> {
  constructor(scope: Construct, id: string, props: DiagnosisWorkflowProps) {
    const states = new Construct(scope, `${id}States`);
    const plan = lambdaStep(states, "PlanDiagnosis", props.planDiagnosis);
    // A shard writes the same object each time, so that asking again does no harm.
    const diagnose = lambdaStep(states, "DiagnoseShard", props.diagnoseShard, {
      result: "discarded",
      askAgainAfter: ["States.Timeout", "Sandbox.Timedout", "Runtime.ExitError"],
    });
    const diagnoseAll = DistributedMap.jsonPath(states, "DiagnoseShards", {
      itemsPath: "$.shards",
      maxConcurrency: stageOf(scope).config.diagnosis.maxConcurrency,
      mapExecutionType: StateMachineType.STANDARD,
      resultPath: JsonPath.DISCARD,
    }).itemProcessor(diagnose);
    const merge = lambdaStep(states, "MergeResults", props.mergeResults, { result: "discarded" });
    const record = lambdaStep(states, "RecordDiagnosisFailure", props.recordRunFailure, {
      result: "discarded",
      askAgainAfter: ["States.ALL"],
    });
    failInto(states, "DiagnosisFailed", record, [plan, diagnoseAll, merge]);
    super(scope, id, {
      variable: "DIAGNOSIS_STATE_MACHINE_ARN",
      start: plan.next(diagnoseAll).next(merge).next(new Succeed(states, "Diagnosed")),
      timeout: Duration.hours(6),
      alerts: props.alerts,
    });
  }
}
