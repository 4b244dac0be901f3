import { modelHeader } from "./schema.ts";

/** Thrown where bytes are no ONNX model. */
export class NotOnnxError extends Error {
  override readonly name = "NotOnnxError";

  constructor(options?: ErrorOptions) {
    super("the file is not an ONNX model", options);
  }
}

/**
 * The metadata of an `.onnx` file; its weights are passed over, not copied.
 * @throws NotOnnxError where the bytes are no ONNX model
 */
export function readMetadata(bytes: Uint8Array): Map<string, string> {
  const header = decodeHeader(bytes);
  if (!(Number(header.irVersion) >= 1) || header.opsetImport.length === 0) throw new NotOnnxError();
  return new Map(header.metadataProps.map(({ key, value }) => [key, value]));
}

interface ModelHeader {
  readonly irVersion: unknown;
  readonly opsetImport: readonly unknown[];
  readonly metadataProps: readonly { readonly key: string; readonly value: string }[];
}

function decodeHeader(bytes: Uint8Array): ModelHeader {
  try {
    return modelHeader.toObject(modelHeader.decode(bytes), {
      arrays: true,
      defaults: true,
      longs: Number,
    }) as ModelHeader;
  } catch (cause) {
    throw new NotOnnxError({ cause });
  }
}
