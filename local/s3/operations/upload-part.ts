import { authorise } from "../access.ts";
import { checksumHeader } from "../checksums/checksum.ts";
import { numberParameter, type S3Request } from "../http/s3-request.ts";
import { emptyResponse, type S3Response, xmlResponse } from "../http/s3-response.ts";
import { maxPartNumber } from "../limits.ts";
import { S3Error } from "../s3-error.ts";
import type { UploadRecord } from "../storage/upload-store.ts";
import { xmlDocument } from "../xml.ts";
import { readRange } from "./byte-range.ts";
import { readCopySource } from "./copy-source.ts";
import { type DeclaredChecksum, readDeclaredChecksum } from "./declared-checksum.ts";
import { encryptionHeaders, isoDate, quoted } from "./object-headers.ts";
import type { Call } from "./operation.ts";
import { type ReceivedBytes, receiveBody, storeBytes } from "./receive-body.ts";

export async function uploadPart(call: Call): Promise<S3Response> {
  const { request, bucket } = call;
  authorise(call.access, "s3:PutObject", request.key);
  const upload = findUpload(call);
  const number = partNumber(request);
  const declared = readDeclaredChecksum(request);
  checkAlgorithm(upload, declared);
  const received = await receiveBody(call, declared, upload.algorithm);
  await keepPart(call, upload, number, received);
  return emptyResponse(200, {
    etag: quoted(received.etag),
    [checksumHeader(upload.algorithm)]: received.checksum.value,
    ...encryptionHeaders(bucket),
  });
}

export async function uploadPartCopy(call: Call): Promise<S3Response> {
  const { request, bucket } = call;
  authorise(call.access, "s3:PutObject", request.key);
  const upload = findUpload(call);
  const number = partNumber(request);
  const source = readCopySource(call);
  const { size } = source.record;
  const { start, end } = readSourceRange(request.header("x-amz-copy-source-range"), size);
  if (end - start > call.service.limits.maxObjectBytes) {
    throw new S3Error(
      "InvalidRequest",
      "The specified copy source is larger than the maximum allowable size for a copy source",
    );
  }
  const lease = source.bucket.store.blobs.lease(source.record.segments);
  try {
    const received = await storeBytes(call, lease.read(start, end), upload.algorithm);
    const lastModified = await keepPart(call, upload, number, received);
    const body = xmlDocument("CopyPartResult", {
      ETag: quoted(received.etag),
      LastModified: isoDate(lastModified),
      [`Checksum${received.checksum.algorithm}`]: received.checksum.value,
    });
    return xmlResponse(body, encryptionHeaders(bucket));
  } finally {
    await lease.release();
  }
}

function readSourceRange(header: string | undefined, size: number): { readonly start: number; readonly end: number } {
  if (header === undefined) return { start: 0, end: size };
  const range = /^bytes=\d+-\d+$/.test(header) ? readRange(header, size) : undefined;
  if (!range || range.end !== Number(header.split("-")[1]) + 1) {
    throw new S3Error("InvalidArgument", `Range specified is not valid for source object of size: ${size}`);
  }
  return range;
}

function findUpload(call: Call): UploadRecord {
  return call.bucket.store.uploads.get(call.request.query.get("uploadId") ?? "", call.request.key);
}

function partNumber(request: S3Request): number {
  return numberParameter(request, "partNumber", { min: 1, max: maxPartNumber, default: 0 });
}

function checkAlgorithm(upload: UploadRecord, declared: DeclaredChecksum | undefined): void {
  if (!upload.algorithmNamed) return;
  const missing = declared === undefined && upload.checksumType === "COMPOSITE";
  if (missing || (declared !== undefined && declared.algorithm !== upload.algorithm)) {
    throw new S3Error(
      "InvalidRequest",
      `Checksum Type mismatch occurred, expected checksum Type: ${upload.algorithm.toLowerCase()}, actual checksum Type: ${declared?.algorithm.toLowerCase() ?? "null"}`,
    );
  }
}

async function keepPart(call: Call, upload: UploadRecord, number: number, received: ReceivedBytes): Promise<number> {
  const { uploads, blobs } = call.bucket.store;
  const lastModified = Date.now();
  try {
    await uploads.putPart(upload.uploadId, upload.key, { number, lastModified, ...received });
    return lastModified;
  } catch (error) {
    if (error instanceof S3Error) await blobs.remove([received.segment]);
    throw error;
  }
}
