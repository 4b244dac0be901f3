import { createHash } from "node:crypto";
import { type Checksum, type ChecksumAlgorithm, createDigest, type Digest } from "../checksums/checksum.ts";
import { S3Error } from "../s3-error.ts";
import type { Segment } from "../storage/object-record.ts";
import { badDigest, type DeclaredChecksum } from "./declared-checksum.ts";
import type { Call } from "./operation.ts";

export interface ReceivedBytes {
  readonly segment: Segment;
  /** MD5 in hexadecimal. */
  readonly etag: string;
  readonly checksum: Checksum;
}

/**
 * Stores a request's body as a blob and checks everything the client states about it: length, Content-MD5, checksum,
 * payload hash or chunk signatures. On a fault nothing is left.
 *
 * `algorithm` is that of the checksum in the answer; what the client states is checked beside it.
 */
export async function receiveBody(
  call: Call,
  declared: DeclaredChecksum | undefined,
  algorithm: ChecksumAlgorithm,
): Promise<ReceivedBytes> {
  const { request, bucket, service } = call;
  const { contentLength } = request;
  if (contentLength === undefined) {
    throw new S3Error("MissingContentLength", "You must provide the Content-Length HTTP header.");
  }
  if (contentLength > service.limits.maxObjectBytes) {
    throw new S3Error("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size");
  }
  const statedMd5 = readContentMd5(request.header("content-md5"));
  const trailers = new Map<string, string>();
  const stated = declared && declared.algorithm !== algorithm ? createDigest(declared.algorithm) : undefined;
  const received = await storeBytes(call, request.body(trailers), algorithm, stated ? [stated] : []);
  try {
    if (received.segment.size !== contentLength) {
      throw new S3Error("IncompleteBody", "The request body does not have the length that its headers state.");
    }
    if (statedMd5 !== undefined && statedMd5 !== received.etag) {
      throw new S3Error("BadDigest", "The Content-MD5 you specified did not match what we received.");
    }
    if (declared && declared.value(trailers) !== (stated?.digest() ?? received.checksum.value)) {
      throw badDigest(declared.algorithm);
    }
    return received;
  } catch (error) {
    await bucket.store.blobs.remove([received.segment]);
    throw error;
  }
}

/** Stores bytes as a blob, with their MD5 and checksum. */
export async function storeBytes(
  call: Call,
  source: AsyncIterable<Uint8Array>,
  algorithm: ChecksumAlgorithm,
  further: readonly Digest[] = [],
): Promise<ReceivedBytes> {
  const md5 = createHash("md5");
  const checksum = createDigest(algorithm);
  const segment = await call.bucket.store.blobs.write(
    source,
    [{ update: (bytes) => void md5.update(bytes), digest: () => "" }, checksum, ...further],
    call.service.limits.maxObjectBytes,
  );
  return {
    segment,
    etag: md5.digest("hex"),
    checksum: { algorithm, type: "FULL_OBJECT", value: checksum.digest() },
  };
}

function readContentMd5(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const bytes = Buffer.from(header, "base64");
  if (bytes.length !== 16 || bytes.toString("base64") !== header) {
    throw new S3Error("InvalidDigest", "The Content-MD5 you specified was invalid.");
  }
  return bytes.toString("hex");
}
