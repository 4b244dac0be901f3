import { Duration } from "aws-cdk-lib";
import { Succeed } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import type { AlertTopic } from "../alerts/alert-topic.ts";
import type { HouseFunction } from "../function/house-function.ts";
import { failInto, lambdaStep } from "./steps.ts";
import { Workflow } from "./workflow.ts";

export interface IngestWorkflowProps {
  readonly validateDataset: HouseFunction;
  readonly startFollowUp: HouseFunction;
  readonly recordIngestFailure: HouseFunction;
  readonly alerts: AlertTopic;
}

/** From an object that has arrived to a data set that is ready or rejected, and on to the runs that were to follow it. */
export class IngestWorkflow extends Workflow<"INGEST_STATE_MACHINE_ARN"> {
  constructor(scope: Construct, id: string, props: IngestWorkflowProps) {
    const states = new Construct(scope, `${id}States`);
    const validate = lambdaStep(states, "ValidateDataset", props.validateDataset);
    const startFollowUp = lambdaStep(states, "StartFollowUp", props.startFollowUp, { result: "discarded" });
    const record = lambdaStep(states, "RecordIngestFailure", props.recordIngestFailure, {
      result: "discarded",
      askAgainAfter: ["States.ALL"],
    });
    failInto(states, "IngestFailed", record, [validate, startFollowUp]);
    super(scope, id, {
      variable: "INGEST_STATE_MACHINE_ARN",
      start: validate.next(startFollowUp).next(new Succeed(states, "Ingested")),
      timeout: Duration.hours(1),
      alerts: props.alerts,
    });
  }
}
