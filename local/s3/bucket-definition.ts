/** A bucket as the template defines it. */
export interface BucketDefinition {
  readonly name: string;
  readonly cors?: readonly CorsRule[];
  /** The bucket policy's document with its intrinsics resolved. */
  readonly policy?: unknown;
  /** Whether "Object Created" events are sent. */
  readonly eventBridge: boolean;
  /** Whether what is replaced or deleted stays as a former version. */
  readonly versioned?: boolean;
  readonly lifecycle?: readonly LifecycleRule[];
  readonly encryption?: BucketEncryption;
}

export interface CorsRule {
  /** Each may hold one `*`. */
  readonly allowedOrigins: readonly string[];
  readonly allowedMethods: readonly string[];
  /** Each may hold one `*`; without regard to case. */
  readonly allowedHeaders: readonly string[];
  readonly exposedHeaders: readonly string[];
  readonly maxAgeSeconds?: number;
}

export interface LifecycleRule {
  readonly prefix: string;
  readonly expirationDays?: number;
  readonly abortIncompleteUploadDays?: number;
  /** Former versions go so many days after they were replaced or deleted. */
  readonly formerVersionDays?: number;
  /** Marks of deletions go where no former version is left. */
  readonly expireDeleteMarkers?: boolean;
}

/** SSE-S3, or SSE-KMS with a key of the template or, without one, the account's own. Nothing is encrypted on loopback. */
export type BucketEncryption =
  | { readonly algorithm: "AES256" }
  | { readonly algorithm: "aws:kms"; readonly keyArn?: string };

/** A bucket's definition asks for something that the local S3 does not do. */
export class BucketDefinitionError extends Error {
  override readonly name = "BucketDefinitionError";
}
