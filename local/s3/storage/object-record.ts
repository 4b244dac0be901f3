import type { Checksum } from "../checksums/checksum.ts";

/** A run of bytes in a file of its own. An object of a multipart upload has one per part. */
export interface Segment {
  readonly blob: string;
  /** Bytes. */
  readonly size: number;
}

/** Headers that S3 keeps with an object and gives back, in lower case. */
export interface StoredHeaders {
  /** content-type, content-encoding, cache-control, content-disposition, content-language, expires */
  readonly content: Readonly<Record<string, string>>;
  /** User metadata without the `x-amz-meta-` in front. */
  readonly metadata: Readonly<Record<string, string>>;
}

export interface ObjectRecord extends StoredHeaders {
  readonly key: string;
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  readonly checksum: Checksum;
  readonly segments: readonly Segment[];
  /** The multipart upload that made it. */
  readonly uploadId?: string;
  /** Milliseconds since the epoch. */
  readonly lastModified: number;
  /** Where the bucket keeps versions; objects from before that have none. */
  readonly versionId?: string;
  /** Hexadecimal; grows with each version of the key. */
  readonly sequencer: string;
}

export type ObjectDraft = Omit<ObjectRecord, "lastModified" | "sequencer" | "versionId">;

/** What S3 calls the version of an object that was written while the bucket kept none. */
export const nullVersion = "null";
