import type { Bucket } from "../bucket.ts";
import { checksumHeader } from "../checksums/checksum.ts";
import type { S3Request } from "../http/s3-request.ts";
import { maxMetadataBytes } from "../limits.ts";
import { notImplemented, S3Error } from "../s3-error.ts";
import { nullVersion, type ObjectRecord, type StoredHeaders } from "../storage/object-record.ts";

const contentHeaders = [
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "content-type",
  "expires",
] as const;

const metadataPrefix = "x-amz-meta-";

/** Reads the headers that are kept with an object, and refuses those that would have to do something. */
export function readStoredHeaders(request: S3Request, bucket: Bucket): StoredHeaders {
  refuseUnsupported(request, bucket);
  const content: Record<string, string> = {};
  for (const name of contentHeaders) {
    const value = name === "content-encoding" ? contentEncoding(request) : request.header(name);
    if (value !== undefined) content[name] = value;
  }
  const metadata = request
    .headersWithPrefix(metadataPrefix)
    .map(([name, value]) => [name.slice(metadataPrefix.length), value] as const);
  const bytes = metadata.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (bytes > maxMetadataBytes) {
    throw new S3Error("MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size");
  }
  return { content: { "content-type": "binary/octet-stream", ...content }, metadata: Object.fromEntries(metadata) };
}

/** The headers of an answer that describe an object. */
export function objectHeaders(record: ObjectRecord, bucket: Bucket): Record<string, string> {
  return {
    ...record.content,
    ...Object.fromEntries(Object.entries(record.metadata).map(([name, value]) => [metadataPrefix + name, value])),
    etag: quoted(record.etag),
    "last-modified": httpDate(record.lastModified),
    "accept-ranges": "bytes",
    ...versionHeader(record, bucket),
    ...encryptionHeaders(bucket),
  };
}

/** Which version an answer is about, where the bucket keeps versions. */
export function versionHeader(record: Pick<ObjectRecord, "versionId">, bucket: Bucket): Record<string, string> {
  return bucket.definition.versioned ? { "x-amz-version-id": record.versionId ?? nullVersion } : {};
}

export function checksumHeaders(record: Pick<ObjectRecord, "checksum">): Record<string, string> {
  const { algorithm, type, value } = record.checksum;
  return { [checksumHeader(algorithm)]: value, "x-amz-checksum-type": type };
}

export function encryptionHeaders(bucket: Bucket): Record<string, string> {
  const encryption = bucket.definition.encryption ?? { algorithm: "AES256" };
  return {
    "x-amz-server-side-encryption": encryption.algorithm,
    ...(encryption.algorithm === "aws:kms" && encryption.keyArn !== undefined
      ? { "x-amz-server-side-encryption-aws-kms-key-id": encryption.keyArn }
      : {}),
  };
}

export function quoted(etag: string): string {
  return `"${etag}"`;
}

export function unquoted(etag: string): string {
  return etag.replace(/^(?:W\/)?"(.*)"$/, "$1");
}

/** RFC 9110's form of a date. */
function httpDate(milliseconds: number): string {
  return new Date(milliseconds).toUTCString();
}

export function isoDate(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

function contentEncoding(request: S3Request): string | undefined {
  const kept = (request.header("content-encoding") ?? "")
    .split(",")
    .map((encoding) => encoding.trim())
    .filter((encoding) => encoding !== "" && encoding !== "aws-chunked");
  return kept.length > 0 ? kept.join(",") : undefined;
}

const unsupportedPrefixes = [
  "x-amz-grant-",
  "x-amz-object-lock-",
  "x-amz-server-side-encryption-customer-",
  "x-amz-website-redirect-location",
  "x-amz-write-offset-bytes",
];

function refuseUnsupported(request: S3Request, bucket: Bucket): void {
  for (const prefix of unsupportedPrefixes) {
    const header = request.headersWithPrefix(prefix)[0]?.[0];
    if (header !== undefined) throw notImplemented(header);
  }
  if (request.header("x-amz-tagging") !== undefined) throw notImplemented("x-amz-tagging");
  // Objects have no tags here: what has none to be copied can only be replaced by none.
  const tags = request.header("x-amz-tagging-directive") ?? "REPLACE";
  if (tags !== "REPLACE") throw notImplemented(`x-amz-tagging-directive ${tags}`);
  const storageClass = request.header("x-amz-storage-class");
  if (storageClass !== undefined && storageClass !== "STANDARD") throw notImplemented(`storage class ${storageClass}`);
  const acl = request.header("x-amz-acl");
  if (acl !== undefined && acl !== "bucket-owner-full-control") {
    throw new S3Error("AccessControlListNotSupported", "The bucket does not allow ACLs");
  }
  refuseOtherEncryption(request, bucket);
}

function refuseOtherEncryption(request: S3Request, bucket: Bucket): void {
  const encryption = bucket.definition.encryption ?? { algorithm: "AES256" };
  const algorithm = request.header("x-amz-server-side-encryption");
  if (algorithm !== undefined && algorithm !== encryption.algorithm) {
    throw notImplemented(`x-amz-server-side-encryption ${algorithm} on a bucket of ${encryption.algorithm}`);
  }
  const key = request.header("x-amz-server-side-encryption-aws-kms-key-id");
  if (key !== undefined && !(encryption.algorithm === "aws:kms" && encryption.keyArn === key)) {
    throw notImplemented("x-amz-server-side-encryption-aws-kms-key-id of another key than the bucket's");
  }
}
