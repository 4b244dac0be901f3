import type { Access } from "../access.ts";
import type { Bucket, S3Service } from "../bucket.ts";
import type { S3Request } from "../http/s3-request.ts";
import type { S3Response } from "../http/s3-response.ts";

/** One call of an operation, its bucket found and its caller known. */
export interface Call {
  readonly service: S3Service;
  readonly bucket: Bucket;
  readonly request: S3Request;
  readonly access: Access;
}

/** Authorises the call itself, because only the operation knows what it acts on. */
export type Operation = (call: Call) => Promise<S3Response>;
