import { inflateRawSync } from "node:zlib";

/**
 * Bytes that were deflated and written as Base64, in memory of their own, so that typed arrays can lie on it.
 * @throws where they are damaged, or more than `mostBytes`
 */
export function inflateBase64(base64: string, mostBytes: number): ArrayBuffer {
  const inflated = inflateRawSync(Buffer.from(base64, "base64"), { maxOutputLength: mostBytes });
  const buffer = new ArrayBuffer(inflated.length);
  new Uint8Array(buffer).set(inflated);
  return buffer;
}
