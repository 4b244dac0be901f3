import type { Bucket } from "./bucket.ts";
import { S3Error } from "./s3-error.ts";

const dayMilliseconds = 24 * 3600 * 1000;

/**
 * Removes what a bucket's lifecycle rules say has had its time: objects, uploads that were never completed, former
 * versions and the marks of deletions that have none left.
 */
export async function applyLifecycle(bucket: Bucket, now: number): Promise<void> {
  for (const rule of bucket.definition.lifecycle ?? []) {
    const { prefix, expirationDays, abortIncompleteUploadDays, formerVersionDays } = rule;
    if (expirationDays !== undefined) await expireObjects(bucket, prefix, now - expirationDays * dayMilliseconds);
    if (abortIncompleteUploadDays !== undefined) {
      await abortUploads(bucket, prefix, now - abortIncompleteUploadDays * dayMilliseconds);
    }
    if (formerVersionDays !== undefined) {
      await forgetVersions(bucket, prefix, now - formerVersionDays * dayMilliseconds);
    }
    if (rule.expireDeleteMarkers) await forgetMarkers(bucket, prefix);
  }
}

async function expireObjects({ store }: Bucket, prefix: string, before: number): Promise<void> {
  const expired = [...store.keys.records()].filter(
    ({ key, lastModified }) => key.startsWith(prefix) && lastModified < before,
  );
  for (const { key, etag } of expired) await unlessChanged(store.delete(key, { kind: "etag", etag }));
}

async function forgetVersions({ store }: Bucket, prefix: string, before: number): Promise<void> {
  for (const version of [...store.versions.all()]) {
    if (version.kind !== "object" || !version.key.startsWith(prefix) || version.supersededAt >= before) continue;
    await store.forget(version);
  }
}

async function forgetMarkers({ store }: Bucket, prefix: string): Promise<void> {
  for (const key of store.versions.keys()) {
    const versions = store.versions.of(key);
    if (!key.startsWith(prefix) || versions.some(({ kind }) => kind === "object")) continue;
    for (const marker of versions) await store.forget(marker);
  }
}

async function abortUploads({ store }: Bucket, prefix: string, before: number): Promise<void> {
  const expired = store.uploads.list().filter(({ key, initiated }) => key.startsWith(prefix) && initiated < before);
  for (const { key, uploadId } of expired) await unlessChanged(store.uploads.abort(uploadId, key));
}

/** Somebody else may have replaced, deleted or completed it meanwhile. */
async function unlessChanged(removal: Promise<unknown>): Promise<void> {
  try {
    await removal;
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
  }
}
