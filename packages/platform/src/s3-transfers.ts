import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListPartsCommand,
  NoSuchUpload,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { SignedRequest } from "@systemhealer/contract/operations";
import { ConflictError, NotFoundError } from "@systemhealer/domain/errors";
import type { Transfers } from "@systemhealer/domain/ports/transfers";

type PresigningTerms = NonNullable<Parameters<typeof getSignedUrl>[2]>;

/** Life of one address to send bytes to. */
const uploadUrlSeconds = 900;
/** S3 lists 1,000 parts at a time, of 10,000 at most. */
const maxPartListings = 11;

export function s3Transfers(
  bucket: string,
  options: { readonly downloadSeconds: number },
  client: S3Client = new S3Client({ requestChecksumCalculation: "WHEN_REQUIRED" }),
): Transfers {
  /** @param headers those that the client has to send, as they are signed */
  async function signed(
    sign: (terms: PresigningTerms) => Promise<string>,
    headers: Readonly<Record<string, string>>,
  ): Promise<SignedRequest> {
    const now = Date.now();
    const url = await sign({
      expiresIn: uploadUrlSeconds,
      unhoistableHeaders: new Set(Object.keys(headers)),
      signingDate: new Date(now),
    });
    return { url, headers, expiresAt: new Date(now + uploadUrlSeconds * 1000).toISOString() };
  }

  return {
    signUpload(key, sizeBytes, sha256) {
      const checksum = Buffer.from(sha256, "hex").toString("base64");
      const command = new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        ContentLength: sizeBytes,
        ChecksumSHA256: checksum,
        IfNoneMatch: "*",
      });
      return signed((terms) => getSignedUrl(client, command, terms), {
        "if-none-match": "*",
        "x-amz-checksum-sha256": checksum,
      });
    },

    async startMultipart(key) {
      const { UploadId } = await client.send(
        new CreateMultipartUploadCommand({ Bucket: bucket, Key: key, ChecksumAlgorithm: "SHA256" }),
      );
      if (!UploadId) throw new Error("S3 gave no upload id");
      return UploadId;
    },

    signPart(key, uploadId, partNumber, checksum) {
      const command = new UploadPartCommand({
        Bucket: bucket,
        Key: key,
        UploadId: uploadId,
        PartNumber: partNumber,
        ChecksumSHA256: checksum,
      });
      return signed((terms) => getSignedUrl(client, command, terms), { "x-amz-checksum-sha256": checksum });
    },

    async listParts(key, uploadId) {
      const parts = [];
      let marker: string | undefined;
      for (let count = 0; count < maxPartListings; count++) {
        const command = new ListPartsCommand({
          Bucket: bucket,
          Key: key,
          UploadId: uploadId,
          PartNumberMarker: marker,
        });
        const page = await client.send(command).catch((cause: unknown) => {
          if (cause instanceof NoSuchUpload) throw new NotFoundError("upload-gone", {}, { cause });
          throw cause;
        });
        for (const part of page.Parts ?? []) {
          parts.push({
            number: part.PartNumber ?? 0,
            sizeBytes: part.Size ?? 0,
            checksum: part.ChecksumSHA256 ?? "",
            etag: part.ETag ?? "",
          });
        }
        if (!page.IsTruncated) break;
        marker = page.NextPartNumberMarker;
      }
      return parts;
    },

    async completeMultipart(key, uploadId, parts) {
      const Parts = parts.map(({ number, etag, checksum }) => ({
        PartNumber: number,
        ETag: etag,
        ChecksumSHA256: checksum,
      }));
      try {
        await client.send(
          new CompleteMultipartUploadCommand({
            Bucket: bucket,
            Key: key,
            UploadId: uploadId,
            MultipartUpload: { Parts },
            IfNoneMatch: "*",
          }),
        );
      } catch (cause) {
        const status = cause instanceof S3ServiceException ? cause.$metadata.httpStatusCode : undefined;
        if (status !== 412 && status !== 409 && !(cause instanceof NoSuchUpload)) throw cause;
        throw new ConflictError("already-exists", { record: "source" }, { cause });
      }
    },

    async abortMultipart(key, uploadId) {
      try {
        await client.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId: uploadId }));
      } catch (error) {
        if (!(error instanceof NoSuchUpload)) throw error;
      }
    },

    async signDownload({ key, fileName, contentType, sizeBytes, sha256 }) {
      const now = Date.now();
      const command = new GetObjectCommand({
        Bucket: bucket,
        Key: key,
        ResponseContentDisposition: contentDisposition(fileName),
        ResponseContentType: contentType,
      });
      const url = await getSignedUrl(client, command, {
        expiresIn: options.downloadSeconds,
        signingDate: new Date(now),
      });
      const expiresAt = new Date(now + options.downloadSeconds * 1000).toISOString();
      return { url, fileName, sizeBytes, sha256, expiresAt };
    },
  };
}

/** RFC 6266: a plain name for old readers, the real one in UTF-8. */
function contentDisposition(name: string): string {
  const fileName = name.toWellFormed();
  const plain = fileName.replace(/[^\w.() -]/g, "_");
  const encoded = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
