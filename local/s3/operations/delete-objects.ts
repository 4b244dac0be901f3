import { authorise } from "../access.ts";
import { checkKey, readXmlBody } from "../http/s3-request.ts";
import { emptyResponse, type S3Response, xmlResponse } from "../http/s3-response.ts";
import { maxDeletedKeys } from "../limits.ts";
import { notImplemented, S3Error } from "../s3-error.ts";
import type { Segment } from "../storage/object-record.ts";
import type { WriteCondition } from "../storage/write-condition.ts";
import { childrenOf, malformedXml, textOf, type XmlElements, type XmlNode, xmlDocument } from "../xml.ts";
import { readWriteCondition } from "./conditions.ts";
import { readDeclaredChecksum } from "./declared-checksum.ts";
import { unquoted } from "./object-headers.ts";
import type { Call } from "./operation.ts";
import { receiveBody } from "./receive-body.ts";

export async function deleteObject(call: Call): Promise<S3Response> {
  authorise(call.access, "s3:DeleteObject", call.request.key);
  const marker = await call.bucket.store.delete(call.request.key, readWriteCondition(call));
  return emptyResponse(204, marker && { "x-amz-delete-marker": "true", "x-amz-version-id": marker.versionId });
}

/** Deletes up to 1000 keys; each is authorised and answered by itself. */
export async function deleteObjects(call: Call): Promise<S3Response> {
  const root = await readCheckedXml(call, "Delete");
  const targets = childrenOf(root, "Object");
  if (targets.length === 0 || targets.length > maxDeletedKeys) throw malformedXml();
  const quiet = textOf(root, "Quiet") === "true";
  const deleted: XmlElements[] = [];
  const errors: XmlElements[] = [];
  for (const target of targets) {
    const key = textOf(target, "Key");
    if (key === undefined) throw malformedXml();
    try {
      checkKey(key);
      authorise(call.access, "s3:DeleteObject", key);
      if (textOf(target, "VersionId") !== undefined) throw notImplemented("the deletion of a version");
      const marker = await call.bucket.store.delete(key, conditionOf(target));
      deleted.push({ Key: key, ...(marker && { DeleteMarker: true, DeleteMarkerVersionId: marker.versionId }) });
    } catch (error) {
      if (!(error instanceof S3Error)) throw error;
      errors.push({ Key: key, Code: error.code, Message: error.message });
    }
  }
  return xmlResponse(xmlDocument("DeleteResult", { Deleted: quiet ? undefined : deleted, Error: errors }));
}

function conditionOf(target: XmlNode): WriteCondition {
  const etag = textOf(target, "ETag");
  return etag === undefined ? { kind: "none" } : { kind: "etag", etag: unquoted(etag) };
}

/** This body must come with a checksum, as on AWS: it says what is to be destroyed. */
async function readCheckedXml(call: Call, root: string): Promise<XmlNode> {
  const { request, bucket, service } = call;
  const declared = readDeclaredChecksum(request);
  if (!declared && request.header("content-md5") === undefined) {
    throw new S3Error("InvalidRequest", "Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
  }
  const maxBytes = service.limits.maxXmlBytes;
  if ((request.contentLength ?? 0) > maxBytes) throw malformedXml();
  const { segment } = await receiveBody(call, declared, declared?.algorithm ?? "CRC32");
  const segments: readonly Segment[] = [segment];
  const lease = bucket.store.blobs.lease(segments);
  try {
    return await readXmlBody(lease.read(0, segment.size), root, maxBytes);
  } finally {
    await bucket.store.blobs.remove(segments);
    await lease.release();
  }
}
