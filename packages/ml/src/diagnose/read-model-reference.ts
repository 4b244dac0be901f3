import { decodeReference, type ModelReference, modelReferenceKey } from "../honesty/model-reference.ts";
import { readMetadata } from "../onnx/read-metadata.ts";
import { ModelFileError } from "./model-file-error.ts";

/**
 * What a model's file says of its own bounds; undefined where it says nothing.
 * @param bytes of an ONNX model
 * @throws ModelFileError where the reference is damaged or does not fit the model's number of features and classes
 */
export function readModelReference(
  bytes: Uint8Array,
  featureCount: number,
  classCount: number,
): ModelReference | undefined {
  const text = readMetadata(bytes).get(modelReferenceKey);
  if (text === undefined) return undefined;
  const reference = decode(text);
  if (reference.kpis.columns.length !== featureCount || reference.kpis.classCount !== classCount) {
    throw new ModelFileError("wrong-shape", "the model's reference is not that of its features and classes");
  }
  return reference;
}

function decode(text: string): ModelReference {
  try {
    return decodeReference(text);
  } catch (cause) {
    throw new ModelFileError("unknown-card", "the model's reference is not readable", { cause });
  }
}
