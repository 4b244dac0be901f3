import { authorise } from "../access.ts";
import { numberParameter } from "../http/s3-request.ts";
import { type S3Response, xmlResponse } from "../http/s3-response.ts";
import { maxListedKeys } from "../limits.ts";
import { S3Error } from "../s3-error.ts";
import type { ObjectRecord } from "../storage/object-record.ts";
import { type XmlElements, xmlDocument } from "../xml.ts";
import { type KeyEncoder, keyEncoder } from "./key-encoding.ts";
import { listKeys } from "./list-keys.ts";
import { isoDate, quoted } from "./object-headers.ts";
import type { Call } from "./operation.ts";

export async function listObjectsV2(call: Call): Promise<S3Response> {
  const { request, bucket } = call;
  const { prefix, delimiter, maxKeys, encode, encodingType } = readCommon(call);
  const token = request.query.get("continuation-token");
  const startAfter = request.query.get("start-after") ?? "";
  const after = token === undefined ? startAfter : readToken(token);
  const listing = listKeys(bucket.store.keys, { prefix, delimiter, after, maxKeys });
  const withOwner = request.query.get("fetch-owner") === "true";
  return xmlResponse(
    xmlDocument("ListBucketResult", {
      Name: bucket.definition.name,
      Prefix: encode(prefix),
      Delimiter: delimiter === "" ? undefined : encode(delimiter),
      MaxKeys: maxKeys,
      EncodingType: encodingType,
      KeyCount: listing.objects.length + listing.commonPrefixes.length,
      IsTruncated: listing.next !== undefined,
      ContinuationToken: token,
      NextContinuationToken: listing.next === undefined ? undefined : writeToken(listing.next),
      StartAfter: startAfter === "" ? undefined : encode(startAfter),
      Contents: listing.objects.map((record) => contents(record, encode, withOwner ? call.service.account : undefined)),
      CommonPrefixes: listing.commonPrefixes.map((common) => ({ Prefix: encode(common) })),
    }),
  );
}

export async function listObjects(call: Call): Promise<S3Response> {
  const { request, bucket } = call;
  const { prefix, delimiter, maxKeys, encode, encodingType } = readCommon(call);
  const marker = request.query.get("marker") ?? "";
  const listing = listKeys(bucket.store.keys, { prefix, delimiter, after: marker, maxKeys });
  return xmlResponse(
    xmlDocument("ListBucketResult", {
      Name: bucket.definition.name,
      Prefix: encode(prefix),
      Marker: encode(marker),
      Delimiter: delimiter === "" ? undefined : encode(delimiter),
      MaxKeys: maxKeys,
      EncodingType: encodingType,
      IsTruncated: listing.next !== undefined,
      NextMarker: listing.next === undefined || delimiter === "" ? undefined : encode(listing.next),
      Contents: listing.objects.map((record) => contents(record, encode, call.service.account)),
      CommonPrefixes: listing.commonPrefixes.map((common) => ({ Prefix: encode(common) })),
    }),
  );
}

function readCommon(call: Call) {
  const { request } = call;
  const prefix = request.query.get("prefix") ?? "";
  const delimiter = request.query.get("delimiter") ?? "";
  const asked = numberParameter(request, "max-keys", { min: 0, max: 2 ** 31 - 1, default: maxListedKeys });
  authorise(call.access, "s3:ListBucket", undefined, {
    "s3:prefix": prefix,
    "s3:delimiter": delimiter,
    "s3:max-keys": String(asked),
  });
  return { prefix, delimiter, maxKeys: Math.min(asked, maxListedKeys), ...keyEncoder(request) };
}

function contents(record: ObjectRecord, encode: KeyEncoder, owner: string | undefined): XmlElements {
  return {
    Key: encode(record.key),
    LastModified: isoDate(record.lastModified),
    ETag: quoted(record.etag),
    ChecksumAlgorithm: record.checksum.algorithm,
    ChecksumType: record.checksum.type,
    Size: record.size,
    StorageClass: "STANDARD",
    Owner: owner === undefined ? undefined : { ID: owner },
  };
}

function writeToken(after: string): string {
  return Buffer.from(`1${after}`).toString("base64url");
}

function readToken(token: string): string {
  const text = Buffer.from(token, "base64url").toString("utf8");
  if (!text.startsWith("1") || writeToken(text.slice(1)) !== token) {
    throw new S3Error("InvalidArgument", "The continuation token provided is incorrect", {
      elements: { ArgumentName: "continuation-token" },
    });
  }
  return text.slice(1);
}
