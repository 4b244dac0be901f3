import { ModelFileError } from "../../diagnose/model-file-error.ts";
import { readMetadata } from "../../onnx/read-metadata.ts";
import {
  decodeTrainingSample,
  SampleUnreadableError,
  type TrainingSample,
  trainingSampleKey,
} from "./training-sample.ts";

/**
 * The training rows that a model's file carries; undefined where it carries none.
 * @param bytes of an ONNX model
 * @throws ModelFileError where the sample is damaged or does not fit the model's number of features and classes
 */
export function readTrainingSample(
  bytes: Uint8Array,
  featureCount: number,
  classCount: number,
): TrainingSample | undefined {
  const text = readMetadata(bytes).get(trainingSampleKey);
  if (text === undefined) return undefined;
  const sample = decode(text);
  if (sample.columns.length !== featureCount || sample.classRows.length !== classCount) {
    throw new ModelFileError("wrong-shape", "the model's sample is not that of its features and classes");
  }
  return sample;
}

function decode(text: string): TrainingSample {
  try {
    return decodeTrainingSample(text);
  } catch (cause) {
    if (!(cause instanceof SampleUnreadableError)) throw cause;
    throw new ModelFileError("unknown-card", "the model's sample is not readable", { cause });
  }
}
