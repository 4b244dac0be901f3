import { authorise } from "../access.ts";
import { numberParameter } from "../http/s3-request.ts";
import { type S3Response, xmlResponse } from "../http/s3-response.ts";
import { maxPartNumber } from "../limits.ts";
import { compareKeys } from "../storage/key-order.ts";
import type { UploadRecord } from "../storage/upload-store.ts";
import { xmlDocument } from "../xml.ts";
import { keyEncoder } from "./key-encoding.ts";
import { isoDate, quoted } from "./object-headers.ts";
import type { Call } from "./operation.ts";

const pageSize = 1000;

export async function listParts(call: Call): Promise<S3Response> {
  const { request, bucket } = call;
  authorise(call.access, "s3:ListMultipartUploadParts", request.key);
  const uploadId = request.query.get("uploadId") ?? "";
  const upload = bucket.store.uploads.get(uploadId, request.key);
  const marker = numberParameter(request, "part-number-marker", { min: 0, max: 2 ** 31 - 1, default: 0 });
  const asked = numberParameter(request, "max-parts", { min: 0, max: 2 ** 31 - 1, default: pageSize });
  const maxParts = Math.min(asked, pageSize, maxPartNumber);
  const { encode, encodingType } = keyEncoder(request);
  const rest = bucket.store.uploads.parts(uploadId, request.key).filter(({ number }) => number > marker);
  const page = rest.slice(0, maxParts);
  const owner = { ID: call.service.account };
  return xmlResponse(
    xmlDocument("ListPartsResult", {
      Bucket: bucket.definition.name,
      EncodingType: encodingType,
      Key: encode(request.key),
      UploadId: uploadId,
      PartNumberMarker: marker,
      NextPartNumberMarker: page.at(-1)?.number ?? 0,
      MaxParts: maxParts,
      IsTruncated: rest.length > page.length,
      Part: page.map((part) => ({
        PartNumber: part.number,
        LastModified: isoDate(part.lastModified),
        ETag: quoted(part.etag),
        Size: part.segment.size,
        [`Checksum${part.checksum.algorithm}`]: part.checksum.value,
      })),
      Initiator: owner,
      Owner: owner,
      StorageClass: "STANDARD",
      ChecksumAlgorithm: upload.algorithm,
      ChecksumType: upload.checksumType,
    }),
  );
}

export async function listMultipartUploads(call: Call): Promise<S3Response> {
  const { request, bucket } = call;
  authorise(call.access, "s3:ListBucketMultipartUploads");
  const prefix = request.query.get("prefix") ?? "";
  const delimiter = request.query.get("delimiter") ?? "";
  const keyMarker = request.query.get("key-marker") ?? "";
  const idMarker = request.query.get("upload-id-marker") ?? "";
  const asked = numberParameter(request, "max-uploads", { min: 1, max: 2 ** 31 - 1, default: pageSize });
  const maxUploads = Math.min(asked, pageSize);
  const { encode, encodingType } = keyEncoder(request);
  const rest = bucket.store.uploads
    .list()
    .filter((upload) => upload.key.startsWith(prefix) && isAfter(upload, keyMarker, idMarker))
    .sort(compareUploads);
  const common = (key: string) => {
    const at = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
    return at < 0 ? undefined : key.slice(0, at + delimiter.length);
  };
  const page = rest.slice(0, maxUploads);
  const last = page.at(-1);
  const truncated = rest.length > page.length;
  const owner = { ID: call.service.account };
  return xmlResponse(
    xmlDocument("ListMultipartUploadsResult", {
      Bucket: bucket.definition.name,
      KeyMarker: encode(keyMarker),
      UploadIdMarker: idMarker,
      NextKeyMarker: truncated && last ? encode(last.key) : undefined,
      NextUploadIdMarker: truncated ? last?.uploadId : undefined,
      Prefix: encode(prefix),
      Delimiter: delimiter === "" ? undefined : encode(delimiter),
      EncodingType: encodingType,
      MaxUploads: maxUploads,
      IsTruncated: truncated,
      Upload: page
        .filter(({ key }) => common(key) === undefined)
        .map((upload) => ({
          Key: encode(upload.key),
          UploadId: upload.uploadId,
          Initiator: owner,
          Owner: owner,
          StorageClass: "STANDARD",
          Initiated: isoDate(upload.initiated),
          ChecksumAlgorithm: upload.algorithm,
          ChecksumType: upload.checksumType,
        })),
      CommonPrefixes: [...new Set(page.flatMap(({ key }) => common(key) ?? []))].map((text) => ({
        Prefix: encode(text),
      })),
    }),
  );
}

/** By key, then by id. */
function compareUploads(a: UploadRecord, b: UploadRecord): number {
  return compareKeys(a.key, b.key) || (a.uploadId < b.uploadId ? -1 : 1);
}

function isAfter(upload: UploadRecord, keyMarker: string, idMarker: string): boolean {
  if (keyMarker === "") return true;
  const order = compareKeys(upload.key, keyMarker);
  return order > 0 || (order === 0 && idMarker !== "" && upload.uploadId > idMarker);
}
