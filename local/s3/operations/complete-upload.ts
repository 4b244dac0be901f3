import { createHash } from "node:crypto";
import { authorise } from "../access.ts";
import { type Checksum, checksumHeader } from "../checksums/checksum.ts";
import { multipartChecksum } from "../checksums/multipart-checksum.ts";
import { readXmlBody } from "../http/s3-request.ts";
import { type S3Response, xmlResponse } from "../http/s3-response.ts";
import { maxPartNumber } from "../limits.ts";
import { S3Error } from "../s3-error.ts";
import type { ObjectRecord } from "../storage/object-record.ts";
import type { PartRecord, UploadRecord } from "../storage/upload-store.ts";
import { childrenOf, malformedXml, textOf, type XmlNode, xmlDocument } from "../xml.ts";
import { readWriteCondition } from "./conditions.ts";
import { badDigest } from "./declared-checksum.ts";
import { encryptionHeaders, quoted, unquoted, versionHeader } from "./object-headers.ts";
import type { Call } from "./operation.ts";

interface ListedPart {
  readonly number: number;
  readonly etag: string;
  readonly checksum: string | undefined;
}

export async function completeMultipartUpload(call: Call): Promise<S3Response> {
  const { request, bucket, service } = call;
  authorise(call.access, "s3:PutObject", request.key);
  const condition = readWriteCondition(call);
  const uploadId = request.query.get("uploadId") ?? "";
  const { uploads } = bucket.store;
  const finished = bucket.store.get(request.key);
  const root = await readXmlBody(request.body(new Map()), "CompleteMultipartUpload", service.limits.maxXmlBytes);
  if (finished?.uploadId === uploadId) return answer(call, finished);
  const { record } = await uploads.complete(uploadId, request.key, async (upload, parts) => {
    const chosen = chooseParts(upload, parts, readListedParts(root, upload));
    checkSizes(chosen, service.limits.minPartBytes);
    const size = chosen.reduce((sum, { segment }) => sum + segment.size, 0);
    if (size > service.limits.maxMultipartBytes) {
      throw new S3Error("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size");
    }
    const checksum = multipartChecksum(
      upload.algorithm,
      upload.checksumType,
      chosen.map((part) => ({ value: part.checksum.value, size: part.segment.size })),
    );
    checkStated(call, checksum, size);
    const segments = chosen.map(({ segment }) => segment);
    const object = await bucket.store.put(
      {
        key: upload.key,
        content: upload.content,
        metadata: upload.metadata,
        size,
        etag: multipartEtag(chosen),
        checksum,
        segments,
        uploadId,
      },
      condition,
      { reason: "CompleteMultipartUpload", requestId: request.id },
    );
    return { used: segments, record: object };
  });
  return answer(call, record);
}

function answer(call: Call, record: ObjectRecord): S3Response {
  const name = call.bucket.definition.name;
  const body = xmlDocument("CompleteMultipartUploadResult", {
    Location: `http://${call.request.header("host") ?? "127.0.0.1"}/${name}/${encodeURI(record.key)}`,
    Bucket: name,
    Key: record.key,
    ETag: quoted(record.etag),
    [`Checksum${record.checksum.algorithm}`]: record.checksum.value,
    ChecksumType: record.checksum.type,
  });
  return xmlResponse(body, { ...encryptionHeaders(call.bucket), ...versionHeader(record, call.bucket) });
}

function readListedParts(root: XmlNode, upload: UploadRecord): ListedPart[] {
  const listed = childrenOf(root, "Part").map((part): ListedPart => {
    const number = Number(textOf(part, "PartNumber") ?? Number.NaN);
    const etag = textOf(part, "ETag");
    if (!Number.isInteger(number) || number < 1 || etag === undefined) throw malformedXml();
    return { number, etag: unquoted(etag), checksum: textOf(part, `Checksum${upload.algorithm}`) };
  });
  if (listed.length === 0 || listed.length > maxPartNumber) throw malformedXml();
  return listed;
}

function chooseParts(
  upload: UploadRecord,
  parts: ReadonlyMap<number, PartRecord>,
  listed: readonly ListedPart[],
): PartRecord[] {
  return listed.map(({ number, etag, checksum }, i) => {
    if (i > 0 && listed[i - 1]!.number >= number) {
      throw new S3Error(
        "InvalidPartOrder",
        "The list of parts was not in ascending order. Parts must be ordered by part number.",
      );
    }
    const part = parts.get(number);
    if (!part || part.etag !== etag || (checksum !== undefined && checksum !== part.checksum.value)) {
      throw new S3Error(
        "InvalidPart",
        "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
        { elements: { UploadId: upload.uploadId, PartNumber: String(number), ETag: etag } },
      );
    }
    if (checksum === undefined && upload.algorithmNamed && upload.checksumType === "COMPOSITE") {
      throw new S3Error(
        "InvalidRequest",
        `The upload was created using a ${upload.algorithm.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${number} in the request.`,
      );
    }
    return part;
  });
}

function checkSizes(parts: readonly PartRecord[], minPartBytes: number): void {
  const small = parts.slice(0, -1).find(({ segment }) => segment.size < minPartBytes);
  if (!small) return;
  throw new S3Error("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", {
    elements: {
      PartNumber: String(small.number),
      ProposedSize: String(small.segment.size),
      MinSizeAllowed: String(minPartBytes),
    },
  });
}

function multipartEtag(parts: readonly PartRecord[]): string {
  const md5 = createHash("md5");
  for (const { etag } of parts) md5.update(Buffer.from(etag, "hex"));
  return `${md5.digest("hex")}-${parts.length}`;
}

/** What the client states about the whole object. */
function checkStated({ request }: Call, checksum: Checksum, size: number): void {
  const type = request.header("x-amz-checksum-type");
  if (type !== undefined && type !== checksum.type) {
    throw new S3Error("InvalidRequest", "The checksum type does not match that of the upload.");
  }
  const stated = request.header(checksumHeader(checksum.algorithm));
  if (stated !== undefined && stated !== checksum.value && stated !== checksum.value.replace(/-\d+$/, "")) {
    throw badDigest(checksum.algorithm);
  }
  const objectSize = request.header("x-amz-mp-object-size");
  if (objectSize !== undefined && Number(objectSize) !== size) {
    throw new S3Error("InvalidRequest", "The provided 'x-amz-mp-object-size' header does not match what was computed.");
  }
}
