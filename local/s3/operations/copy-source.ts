import { decodeUri } from "../../sigv4/request-target.ts";
import type { Access } from "../access.ts";
import type { Bucket } from "../bucket.ts";
import { splitPath } from "../http/s3-request.ts";
import { preconditionFailed, S3Error } from "../s3-error.ts";
import type { ObjectRecord } from "../storage/object-record.ts";
import { checkReadConditions, readConditions } from "./conditions.ts";
import { findReadable } from "./get-object.ts";
import type { Call } from "./operation.ts";

export interface CopySource {
  readonly bucket: Bucket;
  readonly record: ObjectRecord;
}

/** Finds what `x-amz-copy-source` names, if the caller may read it and its conditions hold. */
export function readCopySource(call: Call): CopySource {
  const header = call.request.header("x-amz-copy-source") ?? "";
  const [path = "", version] = header.split("?versionId=");
  const { bucket: name, key } = splitPath(encodedPath(path));
  const bucket = call.service.buckets.get(name);
  if (key === "") throw new S3Error("InvalidArgument", "Invalid copy source object key");
  if (!bucket)
    throw new S3Error("NoSuchBucket", "The specified bucket does not exist", { elements: { BucketName: name } });
  const access: Access = { ...call.access, bucket };
  const record = findReadable({ access, bucket }, key, version);
  if (checkReadConditions(readConditions(call, "x-amz-copy-source-"), record) === "not-modified") {
    throw preconditionFailed("x-amz-copy-source-If-None-Match");
  }
  return { bucket, record };
}

/** With a slash in front, which clients may leave out; the slash after the bucket may be escaped. */
function encodedPath(source: string): string {
  const path = source.startsWith("/") ? source : `/${source}`;
  return path.indexOf("/", 1) < 0 ? `/${encodeURI(decodeUri(path.slice(1)))}` : path;
}
