import { CfnOutput, Duration, Stack, type StackProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { allOf, settings } from "../constructs/access/access.ts";
import { AlertTopic } from "../constructs/alerts/alert-topic.ts";
import { Arrivals } from "../constructs/arrivals/arrivals.ts";
import { HouseFunction } from "../constructs/function/house-function.ts";
import { allButQuery } from "../constructs/record-table/record-table.ts";
import { stageOf } from "../constructs/stage/stage-scope.ts";
import { Sweeper } from "../constructs/sweeper/sweeper.ts";
import { TrainerTask } from "../constructs/trainer/trainer-task.ts";
import { DiagnosisWorkflow } from "../constructs/workflows/diagnosis-workflow.ts";
import { IngestWorkflow } from "../constructs/workflows/ingest-workflow.ts";
import { TrainingWorkflow } from "../constructs/workflows/training-workflow.ts";
import { WorkflowFunctions } from "../constructs/workflows/workflow-functions.ts";
import type { DataStack } from "./data-stack.ts";

export interface PipelineStackProps extends StackProps {
  readonly data: DataStack;
}

/** What happens to data: ingest, training, diagnosis, and whoever watches over them. */
export class PipelineStack extends Stack {
  readonly alerts: AlertTopic;
  readonly ingest: IngestWorkflow;
  readonly training: TrainingWorkflow;
  readonly diagnosis: DiagnosisWorkflow;

  constructor(scope: Construct, id: string, { data, ...props }: PipelineStackProps) {
    super(scope, id, props);
    const { bucket, records } = data;
    this.alerts = new AlertTopic(this, "Alerts");
    const { alerts } = this;
    const steps = new WorkflowFunctions(this, "Steps", { bucket, records, alerts });

    this.diagnosis = new DiagnosisWorkflow(this, "Diagnosis", { ...steps, alerts });
    this.training = new TrainingWorkflow(this, "Training", {
      ...steps,
      trainer: this.#trainer(data),
      startNext: this.#startNext(data),
      alerts,
    });
    this.ingest = new IngestWorkflow(this, "Ingest", { ...steps, startFollowUp: this.#startFollowUp(data), alerts });

    new Arrivals(this, "Arrivals", { bucket, records, ingest: this.ingest, alerts });
    new Sweeper(this, "Sweeper", {
      bucket,
      records,
      ingest: this.ingest,
      training: this.training,
      diagnosis: this.diagnosis,
      alerts,
    });

    new CfnOutput(this, "IngestStateMachineArn", { value: this.ingest.machine.stateMachineArn });
    new CfnOutput(this, "TrainingStateMachineArn", { value: this.training.machine.stateMachineArn });
    new CfnOutput(this, "DiagnosisStateMachineArn", { value: this.diagnosis.machine.stateMachineArn });
    new CfnOutput(this, "AlertTopicArn", { value: alerts.topic.topicArn });
  }

  #trainer({ bucket, records }: DataStack): TrainerTask {
    const { limits, heartbeatSeconds } = stageOf(this).config;
    return new TrainerTask(this, "Trainer", {
      access: allOf(
        records.access({ actions: allButQuery }),
        bucket.access({
          read: ["uploads/*", "datasets/*", "runs/*/model.onnx"],
          write: ["runs/*"],
          delete: ["runs/*"],
          formerVersions: ["runs/*/model.onnx"],
        }),
        settings({ LIMITS: JSON.stringify(limits), HEARTBEAT_SECONDS: String(heartbeatSeconds) }),
      ),
    });
  }

  #startNext({ records }: DataStack): HouseFunction<"workflow/start-next"> {
    return new HouseFunction(this, "StartNext", {
      entry: "workflow/start-next",
      description: "Starts the diagnosis that a training was ordered with",
      access: allOf(
        records.access({ actions: allButQuery }),
        this.diagnosis.access("StartExecution"),
        this.alerts.access(),
      ),
      timeout: Duration.seconds(30),
    });
  }

  #startFollowUp({ records }: DataStack): HouseFunction<"workflow/start-follow-up"> {
    return new HouseFunction(this, "StartFollowUp", {
      entry: "workflow/start-follow-up",
      description: "Starts the run that was asked for with a file, and those that waited for it",
      access: allOf(
        records.access({ actions: allButQuery, indexes: ["by-status"] }),
        this.training.access("StartExecution"),
        this.diagnosis.access("StartExecution"),
        this.alerts.access(),
      ),
      timeout: Duration.seconds(30),
    });
  }
}
