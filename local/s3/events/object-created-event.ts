import { randomUUID } from "node:crypto";
import type { ObjectRecord } from "../storage/object-record.ts";

/**
 * What EventBridge gets from S3 for a new object:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
export interface ObjectCreatedEvent {
  readonly version: "0";
  readonly id: string;
  readonly "detail-type": "Object Created";
  readonly source: "aws.s3";
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly [bucketArn: string];
  readonly detail: {
    readonly version: "0";
    readonly bucket: { readonly name: string };
    readonly object: {
      readonly key: string;
      readonly size: number;
      readonly etag: string;
      readonly sequencer: string;
    };
    readonly "request-id": string;
    readonly requester: string;
    readonly "source-ip-address": string;
    readonly reason: CreationReason;
  };
}

export type CreationReason = "PutObject" | "CopyObject" | "CompleteMultipartUpload";

export interface CreationCause {
  readonly reason: CreationReason;
  readonly requestId: string;
}

export interface EventOrigin {
  readonly account: string;
  readonly region: string;
  readonly bucket: string;
}

export function objectCreatedEvent(
  origin: EventOrigin,
  record: ObjectRecord,
  cause: CreationCause,
): ObjectCreatedEvent {
  return {
    version: "0",
    id: randomUUID(),
    "detail-type": "Object Created",
    source: "aws.s3",
    account: origin.account,
    time: new Date(record.lastModified).toISOString().replace(/\.\d{3}Z$/, "Z"),
    region: origin.region,
    resources: [`arn:aws:s3:::${origin.bucket}`],
    detail: {
      version: "0",
      bucket: { name: origin.bucket },
      object: { key: record.key, size: record.size, etag: record.etag, sequencer: record.sequencer },
      "request-id": cause.requestId,
      requester: origin.account,
      "source-ip-address": "127.0.0.1",
      reason: cause.reason,
    },
  };
}
