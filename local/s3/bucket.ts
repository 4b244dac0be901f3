import type { Policy } from "../iam/policy.ts";
import type { BucketDefinition } from "./bucket-definition.ts";
import type { S3Limits } from "./limits.ts";
import type { BucketStore } from "./storage/bucket-store.ts";

/** A bucket that is open. */
export interface Bucket {
  readonly definition: BucketDefinition;
  readonly policies: readonly Policy[];
  readonly store: BucketStore;
}

/** What all operations share. */
export interface S3Service {
  readonly region: string;
  readonly account: string;
  readonly limits: S3Limits;
  readonly buckets: ReadonlyMap<string, Bucket>;
}
