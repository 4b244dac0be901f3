import { modelProto } from "./schema.ts";

/**
 * Whether an `.onnx` file is, byte for byte, what this package would write for its content. A file that is not may hold
 * anything that the format offers: weights in other files of the machine that opens it, functions, sparse tensors.
 */
export function isOwnEncoding(bytes: Uint8Array): boolean {
  try {
    const written = modelProto.encode(modelProto.decode(bytes)).finish();
    return Buffer.compare(written, bytes) === 0;
  } catch {
    return false;
  }
}
