import { authorise } from "../access.ts";
import { type ChecksumAlgorithm, type ChecksumType, isChecksumAlgorithm } from "../checksums/checksum.ts";
import type { S3Request } from "../http/s3-request.ts";
import { emptyResponse, type S3Response, xmlResponse } from "../http/s3-response.ts";
import { S3Error } from "../s3-error.ts";
import { xmlDocument } from "../xml.ts";
import { encryptionHeaders, readStoredHeaders } from "./object-headers.ts";
import type { Call } from "./operation.ts";

export async function createMultipartUpload(call: Call): Promise<S3Response> {
  const { request, bucket } = call;
  authorise(call.access, "s3:PutObject", request.key);
  const checksum = readUploadChecksum(request);
  const upload = await bucket.store.uploads.create({
    ...readStoredHeaders(request, bucket),
    key: request.key,
    ...checksum,
  });
  const body = xmlDocument("InitiateMultipartUploadResult", {
    Bucket: bucket.definition.name,
    Key: request.key,
    UploadId: upload.uploadId,
  });
  return xmlResponse(body, {
    ...encryptionHeaders(bucket),
    "x-amz-checksum-algorithm": checksum.algorithm,
    "x-amz-checksum-type": checksum.checksumType,
  });
}

export async function abortMultipartUpload(call: Call): Promise<S3Response> {
  const { request, bucket } = call;
  authorise(call.access, "s3:AbortMultipartUpload", request.key);
  await bucket.store.uploads.abort(request.query.get("uploadId") ?? "", request.key);
  return emptyResponse(204);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html tells which type goes with which. */
function readUploadChecksum(request: S3Request): {
  readonly algorithm: ChecksumAlgorithm;
  readonly checksumType: ChecksumType;
  readonly algorithmNamed: boolean;
} {
  const named = request.header("x-amz-checksum-algorithm");
  const type = request.header("x-amz-checksum-type");
  if (named !== undefined && !isChecksumAlgorithm(named)) {
    throw new S3Error("InvalidRequest", "Checksum algorithm provided is unsupported.");
  }
  const algorithm: ChecksumAlgorithm = named ?? "CRC64NVME";
  const checksumType = type ?? (algorithm === "CRC64NVME" ? "FULL_OBJECT" : "COMPOSITE");
  const sha = algorithm === "SHA1" || algorithm === "SHA256";
  if (
    (checksumType !== "FULL_OBJECT" && checksumType !== "COMPOSITE") ||
    (checksumType === "FULL_OBJECT" && sha) ||
    (checksumType === "COMPOSITE" && algorithm === "CRC64NVME")
  ) {
    throw new S3Error(
      "InvalidRequest",
      `The ${checksumType} checksum type cannot be used with the ${algorithm} checksum algorithm.`,
    );
  }
  return { algorithm, checksumType, algorithmNamed: named !== undefined };
}
