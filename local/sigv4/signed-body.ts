import { createHash } from "node:crypto";
import { decodedChunks } from "./chunked-body.ts";
import { SignatureError } from "./signature-error.ts";
import type { SignedPayload } from "./verify-streamed-request.ts";

/**
 * The bytes of a body as the client meant them: chunk framing is taken away, hash and chunk signatures are checked.
 * Trailers are put into `trailers` before the iteration ends.
 *
 * A fault throws `SignatureError`, possibly after bytes were given out: nothing may be kept before the iteration ends.
 */
export function signedBody(
  source: AsyncIterable<Uint8Array>,
  payload: SignedPayload,
  trailers: Map<string, string>,
): AsyncIterable<Uint8Array> {
  switch (payload.kind) {
    case "unsigned":
      return source;
    case "hash":
      return hashChecked(source, payload.sha256);
    case "chunks":
      return decodedChunks(source, payload, trailers);
  }
}

async function* hashChecked(source: AsyncIterable<Uint8Array>, sha256: string): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  for await (const bytes of source) {
    hash.update(bytes);
    yield bytes;
  }
  if (hash.digest("hex") !== sha256) {
    throw new SignatureError(
      "XAmzContentSHA256Mismatch",
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    );
  }
}
