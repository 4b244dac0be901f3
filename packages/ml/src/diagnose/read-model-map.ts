import { mapKey } from "../map/map-model.ts";
import { type OpenMap, openMap } from "../map/open-map.ts";
import { readMetadata } from "../onnx/read-metadata.ts";
import { ModelFileError } from "./model-file-error.ts";

/**
 * The map that a model's file carries; undefined where it has none.
 * @param bytes of an ONNX model
 * @throws ModelFileError where the map is damaged or does not fit the model's number of features
 */
export function readModelMap(bytes: Uint8Array, featureCount: number): OpenMap | undefined {
  const text = readMetadata(bytes).get(mapKey);
  if (text === undefined) return undefined;
  const map = open(text);
  if (map.inputColumns !== featureCount) {
    throw new ModelFileError("wrong-shape", "the model's map is not that of its features");
  }
  return map;
}

function open(text: string): OpenMap {
  try {
    return openMap(text);
  } catch (cause) {
    throw new ModelFileError("unknown-card", "the model's map is not readable", { cause });
  }
}
