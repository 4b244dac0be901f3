import { authorise } from "../access.ts";
import { type ChecksumAlgorithm, isChecksumAlgorithm } from "../checksums/checksum.ts";
import { type S3Response, xmlResponse } from "../http/s3-response.ts";
import { S3Error } from "../s3-error.ts";
import { xmlDocument } from "../xml.ts";
import { readWriteCondition } from "./conditions.ts";
import { readCopySource } from "./copy-source.ts";
import { encryptionHeaders, isoDate, quoted, readStoredHeaders, versionHeader } from "./object-headers.ts";
import type { Call } from "./operation.ts";
import { storeBytes } from "./receive-body.ts";

export async function copyObject(call: Call): Promise<S3Response> {
  const { request, bucket, access } = call;
  authorise(access, "s3:PutObject", request.key);
  const condition = readWriteCondition(call);
  const replaced = readStoredHeaders(request, bucket);
  const source = readCopySource(call);
  const directive = request.header("x-amz-metadata-directive") ?? "COPY";
  if (directive !== "COPY" && directive !== "REPLACE")
    throw new S3Error("InvalidArgument", "Unknown metadata directive.");
  const isItself = source.bucket === bucket && source.record === bucket.store.get(request.key);
  if (directive === "COPY" && isItself) {
    throw new S3Error(
      "InvalidRequest",
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    );
  }
  if (source.record.size > call.service.limits.maxObjectBytes) {
    throw new S3Error(
      "InvalidRequest",
      "The specified copy source is larger than the maximum allowable size for a copy source",
    );
  }
  const lease = source.bucket.store.blobs.lease(source.record.segments);
  try {
    const bytes = lease.read(0, source.record.size);
    const { segment, etag, checksum } = await storeBytes(
      call,
      bytes,
      algorithmOf(call, source.record.checksum.algorithm),
    );
    try {
      const { content, metadata } = directive === "COPY" ? source.record : replaced;
      const record = await bucket.store.put(
        { content, metadata, key: request.key, size: segment.size, etag, checksum, segments: [segment] },
        condition,
        { reason: "CopyObject", requestId: request.id },
      );
      const body = xmlDocument("CopyObjectResult", {
        ETag: quoted(record.etag),
        LastModified: isoDate(record.lastModified),
        ChecksumType: checksum.type,
        [`Checksum${checksum.algorithm}`]: checksum.value,
      });
      return xmlResponse(body, { ...encryptionHeaders(bucket), ...versionHeader(record, bucket) });
    } catch (error) {
      if (error instanceof S3Error) await bucket.store.blobs.remove([segment]);
      throw error;
    }
  } finally {
    await lease.release();
  }
}

function algorithmOf(call: Call, ofSource: ChecksumAlgorithm): ChecksumAlgorithm {
  const asked = call.request.header("x-amz-checksum-algorithm");
  if (asked === undefined) return ofSource;
  if (!isChecksumAlgorithm(asked)) throw new S3Error("InvalidRequest", "Checksum algorithm provided is unsupported.");
  return asked;
}
