import { Duration } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction as FunctionTarget } from "aws-cdk-lib/aws-events-targets";
import { Construct } from "constructs";
import { allOf, settings } from "../access/access.ts";
import type { AlertTopic } from "../alerts/alert-topic.ts";
import type { DataBucket } from "../data-bucket/data-bucket.ts";
import { HouseFunction } from "../function/house-function.ts";
import { DeadLetterQueue } from "../queue/dead-letter-queue.ts";
import { allButQuery, type RecordTable } from "../record-table/record-table.ts";
import { stageOf } from "../stage/stage-scope.ts";
import type { DiagnosisWorkflow } from "../workflows/diagnosis-workflow.ts";
import type { IngestWorkflow } from "../workflows/ingest-workflow.ts";
import type { TrainingWorkflow } from "../workflows/training-workflow.ts";

export interface SweeperProps {
  readonly bucket: DataBucket;
  readonly records: RecordTable;
  readonly ingest: IngestWorkflow;
  readonly training: TrainingWorkflow;
  readonly diagnosis: DiagnosisWorkflow;
  readonly alerts: AlertTopic;
}

/** Each minute: runs and validations whose worker is gone or silent end as failed, and expired uploads are cleared away. */
export class Sweeper extends Construct {
  constructor(scope: Construct, id: string, props: SweeperProps) {
    super(scope, id);
    const failed = new DeadLetterQueue(this, "Failed");
    const sweep = new HouseFunction(this, "Sweep", {
      entry: "events/sweep",
      description: "Ends what is stuck and clears away expired uploads",
      access: allOf(
        props.records.access({ actions: allButQuery, indexes: ["active"] }),
        props.bucket.access({ read: ["uploads/*"], write: ["datasets/*"], abort: ["uploads/*"], delete: ["runs/*"] }),
        props.ingest.access("StartExecution", "DescribeExecution", "StopExecution"),
        props.training.access("DescribeExecution", "StopExecution"),
        props.diagnosis.access("StartExecution", "DescribeExecution", "StopExecution"),
        props.alerts.access(),
        settings({ HEARTBEAT_SECONDS: String(stageOf(this).config.heartbeatSeconds) }),
      ),
      timeout: Duration.seconds(50),
      failedEvents: failed,
    });
    new Rule(this, "EveryMinute", {
      description: "Looks for what is stuck",
      schedule: Schedule.rate(Duration.minutes(1)),
      // The next minute's event makes up for one that is lost.
      targets: [new FunctionTarget(sweep.function, { deadLetterQueue: failed, retryAttempts: 0 })],
    });
    props.alerts.alarmOnAny(this, "Errors", sweep.function.metricErrors(), "The sweeper fails");
    props.alerts.alarmOnAny(
      this,
      "LostSweeps",
      failed.metricApproximateNumberOfMessagesVisible(),
      "The sweeper could not be run",
    );
  }
}
