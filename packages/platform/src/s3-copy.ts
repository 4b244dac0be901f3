import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  type S3Client,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";

export interface CopyOrder {
  readonly bucket: string;
  readonly fromKey: string;
  readonly toKey: string;
  /** Of the source: another version of it is not copied. */
  readonly etag: string;
}

/** Parts that are copied side by side: S3 does the work, so it is bounded by its patience only. */
const concurrency = 8;

/** Nothing that is there already is replaced. */
export async function copyWhole(client: S3Client, { bucket, fromKey, toKey, etag }: CopyOrder): Promise<void> {
  await client.send(
    new CopyObjectCommand({
      Bucket: bucket,
      Key: toKey,
      CopySource: sourceOf(bucket, fromKey),
      CopySourceIfMatch: etag,
      IfNoneMatch: "*",
      // Tags of a source are somebody else's; taking them over would need leave to read and write tags.
      TaggingDirective: "REPLACE",
    }),
  );
}

/** A former version of an object in its place again, with a note about it; S3 copies up to 5 GB so. */
export async function copyVersion(
  client: S3Client,
  order: { bucket: string; key: string; versionId: string; metadata: Readonly<Record<string, string>> },
): Promise<void> {
  const { bucket: Bucket, key: Key, versionId: VersionId, metadata } = order;
  const { ContentType } = await client.send(new HeadObjectCommand({ Bucket, Key, VersionId }));
  await client.send(
    new CopyObjectCommand({
      Bucket,
      Key,
      CopySource: `${sourceOf(Bucket, Key)}?versionId=${encodeURIComponent(VersionId)}`,
      MetadataDirective: "REPLACE",
      Metadata: { ...metadata },
      ContentType,
      TaggingDirective: "REPLACE",
    }),
  );
}

/**
 * `copyWhole` for an object that is too large for one call. Nothing is visible before all parts are there, and where one
 * fails, none stays.
 */
export async function copyInParts(
  client: S3Client,
  order: CopyOrder & { readonly sizeBytes: number; readonly partBytes: number },
): Promise<void> {
  const { bucket: Bucket, toKey: Key, sizeBytes, partBytes } = order;
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  try {
    const Parts: CompletedPart[] = new Array(Math.ceil(sizeBytes / partBytes));
    let next = 0;
    const work = async (): Promise<void> => {
      while (next < Parts.length) {
        const index = next++;
        Parts[index] = await copyPart(client, order, UploadId!, index);
      }
    };
    const workers = await Promise.allSettled(Array.from({ length: concurrency }, work));
    for (const worker of workers) if (worker.status === "rejected") throw worker.reason;
    const MultipartUpload = { Parts };
    await client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload, IfNoneMatch: "*" }));
  } catch (error) {
    await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId })).catch(() => undefined);
    throw error;
  }
}

async function copyPart(
  client: S3Client,
  { bucket, fromKey, toKey, etag, sizeBytes, partBytes }: Parameters<typeof copyInParts>[1],
  uploadId: string,
  index: number,
): Promise<CompletedPart> {
  const from = index * partBytes;
  const last = Math.min(from + partBytes, sizeBytes) - 1;
  const { CopyPartResult } = await client.send(
    new UploadPartCopyCommand({
      Bucket: bucket,
      Key: toKey,
      UploadId: uploadId,
      PartNumber: index + 1,
      CopySource: sourceOf(bucket, fromKey),
      CopySourceIfMatch: etag,
      CopySourceRange: `bytes=${from}-${last}`,
    }),
  );
  return { PartNumber: index + 1, ETag: CopyPartResult?.ETag };
}

function sourceOf(bucket: string, key: string): string {
  return `${bucket}/${key.split("/").map(encodeURIComponent).join("/")}`;
}
