import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import { allOf, settings } from "../access/access.ts";
import type { AlertTopic } from "../alerts/alert-topic.ts";
import type { DataBucket } from "../data-bucket/data-bucket.ts";
import { HouseFunction } from "../function/house-function.ts";
import { OnnxRuntimeLayer } from "../inference/onnx-runtime-layer.ts";
import { allButQuery, type RecordTable } from "../record-table/record-table.ts";
import { stageOf } from "../stage/stage-scope.ts";

export interface WorkflowFunctionsProps {
  readonly bucket: DataBucket;
  readonly records: RecordTable;
  readonly alerts: AlertTopic;
}

/** The functions behind the workflows' states, each with leave for no more than its state needs. */
export class WorkflowFunctions extends Construct {
  readonly validateDataset: HouseFunction;
  readonly recordIngestFailure: HouseFunction;
  readonly registerModel: HouseFunction;
  readonly planDiagnosis: HouseFunction;
  readonly diagnoseShard: HouseFunction;
  readonly mergeResults: HouseFunction;
  readonly recordRunFailure: HouseFunction;

  constructor(scope: Construct, id: string, { bucket, records, alerts }: WorkflowFunctionsProps) {
    super(scope, id);
    const { config } = stageOf(this);
    const limits = settings({ LIMITS: JSON.stringify(config.limits) });
    const heartbeat = settings({ HEARTBEAT_SECONDS: String(config.heartbeatSeconds) });

    this.validateDataset = new HouseFunction(this, "ValidateDataset", {
      entry: "workflow/validate-dataset",
      description: "Reads an uploaded file once: profile, or report of what is wrong",
      access: allOf(
        records.access({ actions: ["GetItem", "UpdateItem"] }),
        bucket.access({
          read: ["uploads/*", "datasets/*"],
          write: ["datasets/*"],
          delete: ["uploads/*", "datasets/*"],
        }),
        alerts.access(),
        limits,
        heartbeat,
      ),
      timeout: Duration.minutes(15),
      memoryMiB: config.validation.memoryMiB,
    });
    this.recordIngestFailure = new HouseFunction(this, "RecordIngestFailure", {
      entry: "workflow/record-ingest-failure",
      description: "Rejects a data set whose validation could not be finished",
      access: allOf(
        records.access({ actions: ["GetItem", "UpdateItem"] }),
        bucket.access({ write: ["datasets/*"] }),
        alerts.access(),
      ),
      timeout: Duration.seconds(30),
    });
    this.registerModel = new HouseFunction(this, "RegisterModel", {
      entry: "workflow/register-model",
      description: "Makes a model of what a training left behind",
      access: allOf(
        records.access({ actions: allButQuery }),
        bucket.access({ read: ["runs/*"], delete: ["runs/*"] }),
        alerts.access(),
      ),
      timeout: Duration.minutes(1),
      memoryMiB: 512,
    });
    this.planDiagnosis = new HouseFunction(this, "PlanDiagnosis", {
      entry: "workflow/plan-diagnosis",
      description: "Lists the byte ranges that are diagnosed side by side",
      access: allOf(
        records.access({ actions: ["GetItem", "UpdateItem"] }),
        bucket.access({ read: ["datasets/*", "runs/*"], formerVersions: ["runs/*"] }),
      ),
      timeout: Duration.minutes(1),
      memoryMiB: 512,
    });
    this.diagnoseShard = new HouseFunction(this, "DiagnoseShard", {
      entry: "inference/shard",
      description: "Diagnoses one byte range of a data set",
      access: allOf(
        records.access({ actions: ["GetItem", "UpdateItem"] }),
        bucket.access({
          read: ["uploads/*", "datasets/*", "runs/*"],
          write: ["shards/*"],
          formerVersions: ["runs/*"],
        }),
        heartbeat,
      ),
      timeout: Duration.minutes(10),
      memoryMiB: config.diagnosis.memoryMiB,
      layers: [new OnnxRuntimeLayer(this, "OnnxRuntime")],
    });
    this.mergeResults = new HouseFunction(this, "MergeResults", {
      entry: "workflow/merge-results",
      description: "Joins the shards' results, in the order of the file",
      access: allOf(
        records.access({ actions: ["GetItem", "UpdateItem"] }),
        bucket.access({
          read: ["datasets/*", "runs/*", "shards/*"],
          write: ["runs/*"],
          delete: ["shards/*", "runs/*"],
          formerVersions: ["runs/*"],
        }),
        alerts.access(),
        heartbeat,
      ),
      timeout: Duration.minutes(15),
      memoryMiB: config.diagnosis.memoryMiB,
    });
    this.recordRunFailure = new HouseFunction(this, "RecordRunFailure", {
      entry: "workflow/record-run-failure",
      description: "Writes on a run why it failed, and tells the administrators",
      access: allOf(
        records.access({ actions: allButQuery }),
        bucket.access({ list: true, delete: ["runs/*"] }),
        alerts.access(),
      ),
      timeout: Duration.seconds(30),
    });
  }
}
