import { authorise } from "../access.ts";
import { notImplemented, preconditionFailed, S3Error } from "../s3-error.ts";
import type { ObjectRecord } from "../storage/object-record.ts";
import type { WriteCondition } from "../storage/write-condition.ts";
import { unquoted } from "./object-headers.ts";
import type { Call } from "./operation.ts";

/** The condition of a write; If-Match also asks for the right to read, as on AWS. */
export function readWriteCondition(call: Call): WriteCondition {
  const ifNoneMatch = call.request.header("if-none-match");
  const ifMatch = call.request.header("if-match");
  if (ifNoneMatch !== undefined && ifMatch !== undefined) {
    throw new S3Error("InvalidRequest", "Only one of If-Match and If-None-Match may be given");
  }
  if (ifNoneMatch !== undefined) {
    if (ifNoneMatch !== "*") throw notImplemented("If-None-Match with another value than * on a write");
    return { kind: "absent" };
  }
  if (ifMatch === undefined) return { kind: "none" };
  if (call.request.method !== "DELETE") authorise(call.access, "s3:GetObject", call.request.key);
  return { kind: "etag", etag: unquoted(ifMatch) };
}

export interface ReadConditions {
  readonly ifMatch: string | undefined;
  readonly ifNoneMatch: string | undefined;
  readonly ifModifiedSince: string | undefined;
  readonly ifUnmodifiedSince: string | undefined;
}

/** Conditions of a read, or with `x-amz-copy-source-` in front those of a copy's source. */
export function readConditions(call: Call, prefix: string): ReadConditions {
  return {
    ifMatch: call.request.header(`${prefix}if-match`),
    ifNoneMatch: call.request.header(`${prefix}if-none-match`),
    ifModifiedSince: call.request.header(`${prefix}if-modified-since`),
    ifUnmodifiedSince: call.request.header(`${prefix}if-unmodified-since`),
  };
}

/**
 * In the order of RFC 9110, section 13.2.2. Throws PreconditionFailed; "not-modified" where the reader's copy is still
 * good.
 */
export function checkReadConditions(conditions: ReadConditions, record: ObjectRecord): "proceed" | "not-modified" {
  const modified = Math.trunc(record.lastModified / 1000) * 1000;
  if (conditions.ifMatch !== undefined) {
    if (!listed(conditions.ifMatch, record.etag)) throw preconditionFailed("If-Match");
  } else if (conditions.ifUnmodifiedSince !== undefined && modified > Date.parse(conditions.ifUnmodifiedSince)) {
    throw preconditionFailed("If-Unmodified-Since");
  }
  if (conditions.ifNoneMatch !== undefined) {
    return listed(conditions.ifNoneMatch, record.etag) ? "not-modified" : "proceed";
  }
  const since = conditions.ifModifiedSince === undefined ? Number.NaN : Date.parse(conditions.ifModifiedSince);
  return modified <= since ? "not-modified" : "proceed";
}

function listed(header: string, etag: string): boolean {
  return header.split(",").some((item) => item.trim() === "*" || unquoted(item.trim()) === etag);
}
