import type { Bucket } from "./bucket.ts";
import { S3Error } from "./s3-error.ts";

const dayMilliseconds = 24 * 3600 * 1000;

/** Removes what a bucket's lifecycle rules say has had its time: objects, and uploads that were never completed. */
export async function applyLifecycle(bucket: Bucket, now: number): Promise<void> {
  for (const { prefix, expirationDays, abortIncompleteUploadDays } of bucket.definition.lifecycle ?? []) {
    if (expirationDays !== undefined) await expireObjects(bucket, prefix, now - expirationDays * dayMilliseconds);
    if (abortIncompleteUploadDays !== undefined) {
      await abortUploads(bucket, prefix, now - abortIncompleteUploadDays * dayMilliseconds);
    }
  }
}

async function expireObjects({ store }: Bucket, prefix: string, before: number): Promise<void> {
  const expired = [...store.keys.records()].filter(
    ({ key, lastModified }) => key.startsWith(prefix) && lastModified < before,
  );
  for (const { key, etag } of expired) await unlessChanged(store.delete(key, { kind: "etag", etag }));
}

async function abortUploads({ store }: Bucket, prefix: string, before: number): Promise<void> {
  const expired = store.uploads.list().filter(({ key, initiated }) => key.startsWith(prefix) && initiated < before);
  for (const { key, uploadId } of expired) await unlessChanged(store.uploads.abort(uploadId, key));
}

/** Somebody else may have replaced, deleted or completed it meanwhile. */
async function unlessChanged(removal: Promise<void>): Promise<void> {
  try {
    await removal;
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
  }
}
