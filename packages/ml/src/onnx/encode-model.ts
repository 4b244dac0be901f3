import type { GraphBuilder } from "./graph-builder.ts";
import { modelProto } from "./schema.ts";

/** Versions that onnxruntime 1.30 and every runtime of the last years reads. */
const irVersion = 8;
const standardOperators = 17;
const machineLearningOperators = 3;

export interface ModelInfo {
  readonly producer: string;
  readonly producerVersion: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The bytes of an `.onnx` file. */
export function encodeModel(graph: GraphBuilder, info: ModelInfo): Uint8Array {
  return modelProto
    .encode({
      irVersion,
      producerName: info.producer,
      producerVersion: info.producerVersion,
      graph: graph.toProto(),
      opsetImport: [
        { domain: "", version: standardOperators },
        { domain: "ai.onnx.ml", version: machineLearningOperators },
      ],
      metadataProps: Object.entries(info.metadata ?? {}).map(([key, value]) => ({ key, value })),
    })
    .finish();
}
