import { Duration } from "aws-cdk-lib";
import { Rule } from "aws-cdk-lib/aws-events";
import { LambdaFunction as FunctionTarget } from "aws-cdk-lib/aws-events-targets";
import { Construct } from "constructs";
import { allOf, settings } from "../access/access.ts";
import type { AlertTopic } from "../alerts/alert-topic.ts";
import type { DataBucket } from "../data-bucket/data-bucket.ts";
import { HouseFunction } from "../function/house-function.ts";
import { DeadLetterQueue } from "../queue/dead-letter-queue.ts";
import type { RecordTable } from "../record-table/record-table.ts";
import { stageOf } from "../stage/stage-scope.ts";
import type { IngestWorkflow } from "../workflows/ingest-workflow.ts";

export interface ArrivalsProps {
  readonly bucket: DataBucket;
  readonly records: RecordTable;
  readonly ingest: IngestWorkflow;
  readonly alerts: AlertTopic;
}

/** An object under `uploads/` or `drops/` starts the ingest workflow, once. */
export class Arrivals extends Construct {
  constructor(scope: Construct, id: string, props: ArrivalsProps) {
    super(scope, id);
    const failed = new DeadLetterQueue(this, "Failed");
    const objectCreated = new HouseFunction(this, "ObjectCreated", {
      entry: "events/object-created",
      description: "Starts the ingest workflow for an object that has arrived",
      access: allOf(
        props.records.access({ actions: ["GetItem", "PutItem", "UpdateItem", "Query"] }),
        // A dropped file is copied to where uploads lie, so that nobody can change it while it is in use.
        props.bucket.access({ read: ["drops/*", "uploads/*"], write: ["uploads/*"], delete: ["uploads/*"] }),
        props.ingest.access("StartExecution"),
        props.alerts.access(),
        settings({ LIMITS: JSON.stringify(stageOf(this).config.limits) }),
      ),
      // S3 copies a drop of 5 GB within minutes.
      timeout: Duration.minutes(5),
      failedEvents: failed,
    });
    new Rule(this, "Rule", {
      description: "An upload or a drop has arrived in the data bucket",
      eventPattern: {
        source: ["aws.s3"],
        detailType: ["Object Created"],
        detail: {
          bucket: { name: [props.bucket.bucket.bucketName] },
          object: { key: [{ prefix: "uploads/" }, { prefix: "drops/" }] },
        },
      },
      targets: [
        new FunctionTarget(objectCreated.function, {
          deadLetterQueue: failed,
          retryAttempts: 20,
          maxEventAge: Duration.hours(6),
        }),
      ],
    });
    props.alerts.alarmOnAny(
      this,
      "LostArrivals",
      failed.metricApproximateNumberOfMessagesVisible(),
      "Objects arrived and no workflow could be started for them",
    );
  }
}
