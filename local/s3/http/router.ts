import { getBucketLocation, headBucket } from "../operations/bucket-operations.ts";
import { completeMultipartUpload } from "../operations/complete-upload.ts";
import { copyObject } from "../operations/copy-object.ts";
import { abortMultipartUpload, createMultipartUpload } from "../operations/create-upload.ts";
import { deleteObject, deleteObjects } from "../operations/delete-objects.ts";
import { getObject, headObject } from "../operations/get-object.ts";
import { listObjectVersions } from "../operations/list-object-versions.ts";
import { listObjects, listObjectsV2 } from "../operations/list-objects.ts";
import { listMultipartUploads, listParts } from "../operations/list-uploads.ts";
import type { Operation } from "../operations/operation.ts";
import { putObject } from "../operations/put-object.ts";
import { uploadPart, uploadPartCopy } from "../operations/upload-part.ts";
import { notImplemented, S3Error } from "../s3-error.ts";
import type { S3Request } from "./s3-request.ts";

/** Names in a query that make another operation of a request, and that are not served. */
const unsupported = new Set([
  "accelerate",
  "acl",
  "analytics",
  "attributes",
  "cors",
  "encryption",
  "intelligent-tiering",
  "inventory",
  "legal-hold",
  "lifecycle",
  "logging",
  "metadataTable",
  "metrics",
  "notification",
  "object-lock",
  "ownershipControls",
  "policy",
  "policyStatus",
  "publicAccessBlock",
  "renameObject",
  "replication",
  "requestPayment",
  "restore",
  "retention",
  "select",
  "session",
  "tagging",
  "torrent",
  "versioning",
  "website",
]);

/** Finds the operation that a request means. Throws `S3Error` NotImplemented or MethodNotAllowed. */
export function route(request: S3Request): Operation {
  for (const name of request.query.keys()) {
    if (unsupported.has(name)) throw notImplemented(`${request.method} ?${name}`);
  }
  if (request.query.has("versionId") && request.method !== "GET" && request.method !== "HEAD")
    throw notImplemented(`${request.method} of a version`);
  if (request.bucket === "") throw notImplemented(`${request.method} on the service`);
  const operation = request.key === "" ? bucketOperation(request) : objectOperation(request);
  if (!operation) throw new S3Error("MethodNotAllowed", "The specified method is not allowed against this resource.");
  return operation;
}

function bucketOperation({ method, query }: S3Request): Operation | undefined {
  switch (method) {
    case "GET":
      if (query.has("location")) return getBucketLocation;
      if (query.has("uploads")) return listMultipartUploads;
      if (query.has("versions")) return listObjectVersions;
      return query.get("list-type") === "2" ? listObjectsV2 : listObjects;
    case "HEAD":
      return headBucket;
    case "POST":
      if (query.has("delete")) return deleteObjects;
      throw notImplemented("POST of a form");
    case "PUT":
    case "DELETE":
      throw notImplemented(`${method} of a bucket: the template defines the buckets`);
    default:
      return undefined;
  }
}

function objectOperation(request: S3Request): Operation | undefined {
  const { method, query } = request;
  const copies = request.header("x-amz-copy-source") !== undefined;
  switch (method) {
    case "GET":
      return query.has("uploadId") ? listParts : getObject;
    case "HEAD":
      return headObject;
    case "PUT":
      if (query.has("uploadId")) return copies ? uploadPartCopy : uploadPart;
      return copies ? copyObject : putObject;
    case "POST":
      if (query.has("uploads")) return createMultipartUpload;
      return query.has("uploadId") ? completeMultipartUpload : undefined;
    case "DELETE":
      return query.has("uploadId") ? abortMultipartUpload : deleteObject;
    default:
      return undefined;
  }
}
