import { join } from "node:path";
import { Architecture, Code, LayerVersion, Runtime } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import { onnxRuntimeLayerFolder } from "../../bundle/entries.ts";
import { stageOf } from "../stage/stage-scope.ts";

/** onnxruntime for the functions that open models; each stack has its own, since a layer in use elsewhere cannot change. */
export class OnnxRuntimeLayer extends LayerVersion {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      description: "onnxruntime-node for linux/arm64",
      code: Code.fromAsset(join(stageOf(scope).repository, onnxRuntimeLayerFolder)),
      compatibleArchitectures: [Architecture.ARM_64],
      compatibleRuntimes: [Runtime.NODEJS_22_X],
    });
  }
}
