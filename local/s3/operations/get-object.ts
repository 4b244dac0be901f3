import { authorise, decide } from "../access.ts";
import type { S3Request } from "../http/s3-request.ts";
import { numberParameter } from "../http/s3-request.ts";
import type { S3Response } from "../http/s3-response.ts";
import { maxPartNumber } from "../limits.ts";
import { noSuchKey, S3Error } from "../s3-error.ts";
import { nullVersion, type ObjectRecord } from "../storage/object-record.ts";
import { type ByteRange, readRange } from "./byte-range.ts";
import { checkReadConditions, readConditions } from "./conditions.ts";
import { checksumHeaders, objectHeaders, quoted } from "./object-headers.ts";
import type { Call } from "./operation.ts";

export async function getObject(call: Call): Promise<S3Response> {
  return answerObject(call, true);
}

export async function headObject(call: Call): Promise<S3Response> {
  return answerObject(call, false);
}

/**
 * Finds an object for a caller who may read it. To one who may not list the bucket, a missing key is AccessDenied and
 * not NoSuchKey, as on AWS.
 */
export function findReadable(
  call: Pick<Call, "access" | "bucket">,
  key: string,
  versionId: string | undefined,
): ObjectRecord {
  if (versionId !== undefined) return findVersion(call, key, versionId);
  authorise(call.access, "s3:GetObject", key);
  const record = call.bucket.store.get(key);
  if (record) return record;
  if (decide(call.access, "s3:ListBucket", undefined, { "s3:prefix": key }) !== "allow") {
    throw new S3Error("AccessDenied", "Access Denied");
  }
  throw noSuchKey(key);
}

function findVersion(
  { access, bucket }: Pick<Call, "access" | "bucket">,
  key: string,
  versionId: string,
): ObjectRecord {
  authorise(access, "s3:GetObjectVersion", key);
  const current = bucket.store.get(key);
  if (current && (current.versionId ?? nullVersion) === versionId) return current;
  const former = bucket.store.versions.find(key, versionId);
  if (former?.kind === "object") return former.record;
  if (former) {
    throw new S3Error("MethodNotAllowed", "The specified method is not allowed against this resource.");
  }
  throw new S3Error("NoSuchVersion", "The specified version does not exist.", {
    elements: { Key: key, VersionId: versionId },
  });
}

async function answerObject(call: Call, withBody: boolean): Promise<S3Response> {
  const { request, bucket } = call;
  const record = findReadable(call, request.key, request.query.get("versionId"));
  if (checkReadConditions(readConditions(call, ""), record) === "not-modified") {
    return {
      status: 304,
      headers: { etag: quoted(record.etag), "last-modified": objectHeaders(record, bucket)["last-modified"]! },
    };
  }
  const part = readPart(request, record);
  const range = part ?? requestedRange(request, record);
  const { start, end } = range ?? { start: 0, end: record.size };
  const headers: Record<string, string> = {
    ...objectHeaders(record, bucket),
    ...(request.header("x-amz-checksum-mode") === "ENABLED" && !range ? checksumHeaders(record) : {}),
    ...overrides(request),
    "content-length": String(end - start),
    ...(range && record.size > 0 ? { "content-range": `bytes ${start}-${end - 1}/${record.size}` } : {}),
    ...(part && record.uploadId !== undefined ? { "x-amz-mp-parts-count": String(record.segments.length) } : {}),
  };
  const status = range ? 206 : 200;
  if (!withBody) return { status, headers };
  const lease = bucket.store.blobs.lease(record.segments);
  return { status, headers, body: lease.read(start, end), release: lease.release };
}

function requestedRange(request: S3Request, record: ObjectRecord): ByteRange | undefined {
  const header = request.header("range");
  const ifRange = request.header("if-range");
  if (header === undefined || (ifRange !== undefined && ifRange !== quoted(record.etag))) return undefined;
  return readRange(header, record.size);
}

function readPart(request: S3Request, record: ObjectRecord): ByteRange | undefined {
  if (!request.query.has("partNumber")) return undefined;
  const number = numberParameter(request, "partNumber", { min: 1, max: maxPartNumber, default: 1 });
  let start = 0;
  for (const [i, { size }] of record.segments.entries()) {
    if (i + 1 === number) return { start, end: start + size };
    start += size;
  }
  throw new S3Error("InvalidPartNumber", "The requested partnumber is not satisfiable");
}

const overridable = [
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "content-type",
  "expires",
];

function overrides(request: S3Request): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of overridable) {
    const value = request.query.get(`response-${name}`);
    if (value === undefined) continue;
    if (!/^[\t\x20-\x7e\xa0-\xff]*$/.test(value)) {
      throw new S3Error("InvalidArgument", "Header value cannot be represented using ISO-8859-1.", {
        elements: { ArgumentName: `response-${name}` },
      });
    }
    headers[name] = value;
  }
  return headers;
}
