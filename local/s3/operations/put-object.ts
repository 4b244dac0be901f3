import { authorise } from "../access.ts";
import { emptyResponse, type S3Response } from "../http/s3-response.ts";
import { S3Error } from "../s3-error.ts";
import { checkWriteCondition } from "../storage/write-condition.ts";
import { readWriteCondition } from "./conditions.ts";
import { readDeclaredChecksum } from "./declared-checksum.ts";
import { checksumHeaders, encryptionHeaders, quoted, readStoredHeaders, versionHeader } from "./object-headers.ts";
import type { Call } from "./operation.ts";
import { receiveBody } from "./receive-body.ts";

export async function putObject(call: Call): Promise<S3Response> {
  const { request, bucket, access } = call;
  authorise(access, "s3:PutObject", request.key);
  const condition = readWriteCondition(call);
  const stored = readStoredHeaders(request, bucket);
  const declared = readDeclaredChecksum(request);
  checkWriteCondition(condition, request.key, bucket.store.get(request.key));
  const { segment, etag, checksum } = await receiveBody(call, declared, declared?.algorithm ?? "CRC64NVME");
  try {
    const record = await bucket.store.put(
      { ...stored, key: request.key, size: segment.size, etag, checksum, segments: [segment] },
      condition,
      { reason: "PutObject", requestId: request.id },
    );
    return emptyResponse(200, {
      etag: quoted(record.etag),
      ...checksumHeaders(record),
      ...encryptionHeaders(bucket),
      ...versionHeader(record, bucket),
    });
  } catch (error) {
    if (error instanceof S3Error) await bucket.store.blobs.remove([segment]);
    throw error;
  }
}
