import { CfnOutput, Duration, Stack, type StackProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { allOf, settings } from "../constructs/access/access.ts";
import { HouseFunction } from "../constructs/function/house-function.ts";
import { HttpApi } from "../constructs/http-api/http-api.ts";
import { OnnxRuntimeLayer } from "../constructs/inference/onnx-runtime-layer.ts";
import { allButQuery } from "../constructs/record-table/record-table.ts";
import { stageOf } from "../constructs/stage/stage-scope.ts";
import type { DataStack } from "./data-stack.ts";
import type { EdgeStack } from "./edge-stack.ts";
import type { PipelineStack } from "./pipeline-stack.ts";

export interface ApiStackProps extends StackProps {
  readonly edge: EdgeStack;
  readonly data: DataStack;
  readonly pipeline: PipelineStack;
}

/** The HTTP API and the functions behind it. */
export class ApiStack extends Stack {
  constructor(scope: Construct, id: string, { edge, data, pipeline, ...props }: ApiStackProps) {
    super(scope, id, props);
    const onnxRuntime = new OnnxRuntimeLayer(this, "OnnxRuntime");
    const api = new HttpApi(this, "Http", {
      address: edge.api,
      targets: {
        api: this.#operations(data, pipeline).function,
        inference: this.#inference(data, onnxRuntime).function,
        import: this.#import(data, onnxRuntime).function,
      },
      members: data.members,
      alerts: pipeline.alerts,
    });
    new CfnOutput(this, "ApiUrl", { value: api.url });
  }

  #operations({ bucket, records, members }: DataStack, pipeline: PipelineStack): HouseFunction<"api/main"> {
    const { config } = stageOf(this);
    return new HouseFunction(this, "Operations", {
      entry: "api/main",
      description: "Answers all operations but the diagnosis of rows",
      access: allOf(
        records.access({
          actions: [...allButQuery, "Query"],
          indexes: ["by-status"],
        }),
        bucket.access({
          read: ["uploads/*", "datasets/*", "runs/*"],
          // Into `runs/` only to restore a file that was lost or damaged.
          write: ["uploads/*", "imports/*", "runs/*"],
          formerVersions: ["runs/*"],
          listParts: ["uploads/*"],
          delete: ["uploads/*", "datasets/*", "runs/*"],
        }),
        pipeline.ingest.access("StopExecution", "DescribeExecution"),
        pipeline.training.access("StartExecution", "StopExecution", "DescribeExecution"),
        pipeline.diagnosis.access("StartExecution", "StopExecution", "DescribeExecution"),
        members.address(),
        members.manage(),
        settings({
          LIMITS: JSON.stringify(config.limits),
          DOWNLOAD_SECONDS: String(config.downloadSeconds),
          UPLOAD_SECONDS: String(config.uploadSeconds),
          AUDIT_DAYS: String(config.auditDays),
        }),
      ),
      timeout: Duration.seconds(29),
      memoryMiB: config.api.memoryMiB,
      reservedConcurrency: config.api.reservedConcurrency,
    });
  }

  #inference({ bucket, records }: DataStack, onnxRuntime: OnnxRuntimeLayer): HouseFunction<"inference/rows"> {
    const { config } = stageOf(this);
    return new HouseFunction(this, "Inference", {
      entry: "inference/rows",
      description: "Diagnoses one row or a small batch at once",
      access: allOf(
        records.access({ actions: ["GetItem"] }),
        bucket.access({ read: ["runs/*"], formerVersions: ["runs/*"] }),
        settings({ LIMITS: JSON.stringify(config.limits) }),
      ),
      timeout: Duration.seconds(29),
      memoryMiB: config.api.inferenceMemoryMiB,
      layers: [onnxRuntime],
      reservedConcurrency: config.api.reservedConcurrency,
    });
  }

  /** May write where models lie; what it opens may come from anywhere, so that it shares nothing with the others. */
  #import({ bucket, records }: DataStack, onnxRuntime: OnnxRuntimeLayer): HouseFunction<"inference/import"> {
    const { config } = stageOf(this);
    return new HouseFunction(this, "Import", {
      entry: "inference/import",
      description: "Checks a model file from elsewhere and makes a model of it",
      access: allOf(
        records.access({ actions: ["GetItem", "PutItem"] }),
        bucket.access({ read: ["imports/*"], write: ["runs/*"], delete: ["imports/*"] }),
        settings({ AUDIT_DAYS: String(config.auditDays) }),
      ),
      timeout: Duration.seconds(29),
      memoryMiB: config.api.inferenceMemoryMiB,
      layers: [onnxRuntime],
    });
  }
}
