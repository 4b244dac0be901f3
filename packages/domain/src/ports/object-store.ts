/** A file that is stored, as its first byte is about to be read. */
export interface StoredObject {
  readonly etag: string;
  readonly sizeBytes: number;
  readonly body: AsyncIterable<Uint8Array>;
}

/** What a key held before it was overwritten or deleted, where the store keeps that. */
export interface FormerObject {
  readonly versionId: string;
  readonly etag: string;
  readonly sizeBytes: number;
}

export interface ObjectStore {
  /**
   * @returns also the mark of the former version that it was restored from, where it was
   * @throws NotFoundError
   */
  head(
    key: string,
  ): Promise<{ readonly etag: string; readonly sizeBytes: number; readonly restoredEtag?: string | undefined }>;
  /** The newest first. */
  formerVersions(key: string): Promise<readonly FormerObject[]>;
  /** Makes a former version the present one again; what was there in its place is a former version then. */
  restore(key: string, version: FormerObject): Promise<void>;
  /**
   * @param range bytes `from` to `to`, `to` exclusive
   * @throws NotFoundError; ConflictError (`data-changed`) when the object is no longer the one with that etag
   */
  read(
    key: string,
    options?: {
      readonly range?: readonly [from: number, to: number];
      readonly etag?: string;
      /** A former version instead of the present one. */
      readonly versionId?: string;
    },
  ): Promise<StoredObject>;
  /** Whole small objects, or a former version of one. @throws InvalidError when larger than `maxBytes`. */
  readBytes(key: string, maxBytes: number, versionId?: string): Promise<Uint8Array>;
  /** Streams to one object; nothing is visible until the stream has ended well. @returns size and SHA-256 (hex) of what was written */
  write(
    key: string,
    body: AsyncIterable<Uint8Array> | Uint8Array,
    contentType: string,
  ): Promise<{ readonly sizeBytes: number; readonly sha256: string; readonly etag: string }>;
  /** @throws NotFoundError; ConflictError (`data-changed`) when the source is no longer the one with that etag */
  copy(fromKey: string, toKey: string, etag: string): Promise<void>;
  /** All objects under a prefix that ends in "/". */
  list(prefix: string): AsyncIterable<{ readonly key: string; readonly sizeBytes: number }>;
  /** Absent is no error. */
  delete(key: string): Promise<void>;
  /** Deletes all objects under a prefix that ends in "/". */
  deletePrefix(prefix: string): Promise<void>;
}
