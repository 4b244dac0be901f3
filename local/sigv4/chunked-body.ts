import { createHash } from "node:crypto";
import { ByteReader } from "./byte-reader.ts";
import { sha256Hex } from "./canonical-request.ts";
import { SignatureError } from "./signature-error.ts";
import { sameSignature, scopeText, sign } from "./signing-key.ts";
import type { ChunkSigning, SignedPayload } from "./verify-streamed-request.ts";

const maxLineBytes = 1024;
const maxTrailers = 16;
const emptyHash = sha256Hex("");

/**
 * Takes the `aws-chunked` framing off a body:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export async function* decodedChunks(
  source: AsyncIterable<Uint8Array>,
  payload: Extract<SignedPayload, { readonly kind: "chunks" }>,
  trailers: Map<string, string>,
): AsyncGenerator<Uint8Array> {
  const reader = new ByteReader(source);
  const chain = payload.signing && new SignatureChain(payload.signing);
  try {
    while (true) {
      const header = readChunkHeader(await reader.line(maxLineBytes), chain !== undefined);
      const hash = createHash("sha256");
      let left = header.size;
      while (left > 0) {
        const bytes = await reader.some(left);
        left -= bytes.length;
        if (chain) hash.update(bytes);
        yield bytes;
      }
      chain?.verifyChunk(hash.digest("hex"), header.signature ?? "");
      if (header.size === 0) break;
      if ((await reader.line(maxLineBytes)) !== "") throw malformed("A chunk is longer than it says.");
    }
    await readTrailers(reader, payload.trailer, chain, trailers);
    if (!(await reader.ended())) throw malformed("Bytes follow the last chunk.");
  } finally {
    await reader.close();
  }
}

function readChunkHeader(line: string, signed: boolean): { readonly size: number; readonly signature?: string } {
  const [, size, signature] = /^([0-9a-fA-F]{1,10})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(line) ?? [];
  if (size === undefined) throw malformed("A chunk's header is malformed.");
  if (signed && signature === undefined) throw mismatch();
  return { size: Number.parseInt(size, 16), ...(signature === undefined ? {} : { signature }) };
}

async function readTrailers(
  reader: ByteReader,
  expected: boolean,
  chain: SignatureChain | undefined,
  trailers: Map<string, string>,
): Promise<void> {
  const canonical: string[] = [];
  let signature: string | undefined;
  for (let i = 0; ; i++) {
    if (i > maxTrailers) throw malformed("Too many trailers.");
    if (await reader.ended()) break;
    const line = await reader.line(maxLineBytes);
    if (line === "") break;
    const colon = line.indexOf(":");
    if (!expected || colon < 1) throw malformed("The trailers are malformed.");
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === "x-amz-trailer-signature") {
      signature = value;
    } else {
      canonical.push(`${name}:${value}\n`);
      trailers.set(name, value);
    }
  }
  if (chain && expected) {
    if (signature === undefined) throw mismatch();
    chain.verifyTrailers(canonical.join(""), signature);
  }
}

/** Each chunk's signature covers the one before it. */
class SignatureChain {
  readonly #signing: ChunkSigning;
  #previous: string;

  constructor(signing: ChunkSigning) {
    this.#signing = signing;
    this.#previous = signing.seedSignature;
  }

  verifyChunk(hash: string, signature: string): void {
    this.#verify("AWS4-HMAC-SHA256-PAYLOAD", [emptyHash, hash], signature);
  }

  verifyTrailers(canonical: string, signature: string): void {
    this.#verify("AWS4-HMAC-SHA256-TRAILER", [sha256Hex(canonical)], signature);
  }

  #verify(algorithm: string, hashes: readonly string[], signature: string): void {
    const { key, timestamp, scope } = this.#signing;
    const text = [algorithm, timestamp, scopeText(scope), this.#previous, ...hashes].join("\n");
    const expected = sign(key, text);
    if (!sameSignature(expected, signature)) throw mismatch();
    this.#previous = expected;
  }
}

function malformed(message: string): SignatureError {
  return new SignatureError("InvalidRequest", message);
}

function mismatch(): SignatureError {
  return new SignatureError("SignatureDoesNotMatch", "A chunk's signature does not match what was computed.");
}
