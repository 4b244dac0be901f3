import { Duration } from "aws-cdk-lib";
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type CfnBucket,
  HttpMethods,
  ObjectOwnership,
} from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import type { Access } from "../access/access.ts";
import { stageOf } from "../stage/stage-scope.ts";
import { dataBucketName } from "./data-bucket-name.ts";

/** Parts of the bucket by key; `packages/domain/src/object-keys.ts` says what lies in each. */
export type KeyArea =
  | "uploads/*"
  | "imports/*"
  | "drops/*"
  | "datasets/*"
  | "runs/*"
  | "runs/*/model.onnx"
  | "shards/*";

export interface BucketUse {
  readonly read?: readonly KeyArea[];
  /** To see what is there, as whoever may read may too. */
  readonly list?: true;
  /** With leave to give up an unfinished multipart upload. */
  readonly write?: readonly KeyArea[];
  /** To see which parts of an unfinished upload have arrived. */
  readonly listParts?: readonly KeyArea[];
  /** To give up an unfinished upload of somebody else. */
  readonly abort?: readonly KeyArea[];
  readonly delete?: readonly KeyArea[];
  /** To read what was there before an object was overwritten or deleted. */
  readonly formerVersions?: readonly KeyArea[];
}

export interface DataBucketProps {
  /** Origins of the portal, whose pages send and fetch files here; those that the stage names come beside them. */
  readonly pages: readonly string[];
}

/** The one bucket of all that is uploaded, derived and produced. Objects that arrive are announced on the event bus. */
export class DataBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { pages }: DataBucketProps) {
    super(scope, id);
    const { config, removalPolicy } = stageOf(this);
    const secured: BucketProps = {
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy,
    };
    const accessLogs = new Bucket(this, "AccessLogs", {
      ...secured,
      lifecycleRules: [{ id: "expire", expiration: Duration.days(config.logRetentionDays) }],
    });
    this.bucket = new Bucket(this, "Bucket", {
      ...secured,
      bucketName: dataBucketName(this),
      versioned: true,
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: "data/",
      cors: [
        {
          allowedOrigins: [...pages, ...config.portalOrigins],
          allowedMethods: [HttpMethods.PUT, HttpMethods.GET, HttpMethods.HEAD],
          allowedHeaders: ["content-type", "if-none-match", "range", "x-amz-checksum-sha256"],
          exposedHeaders: ["accept-ranges", "content-disposition", "content-range", "etag", "x-amz-checksum-sha256"],
          maxAge: 3_600,
        },
      ],
      lifecycleRules: [
        { id: "abort-unfinished-uploads", abortIncompleteMultipartUploadAfter: Duration.days(7) },
        // A merge removes them; those of a diagnosis that failed or was cancelled are left.
        { id: "expire-shards", prefix: "shards/", expiration: Duration.days(7) },
        { id: "expire-imports", prefix: "imports/", expiration: Duration.days(1) },
        { id: "expire-drops", prefix: "drops/", expiration: Duration.days(config.dropDays) },
        // From them a model or result is restored that was lost or damaged.
        {
          id: "expire-former-versions",
          noncurrentVersionExpiration: Duration.days(config.formerVersionDays),
          expiredObjectDeleteMarker: true,
        },
      ],
    });
    // The construct's own switch for this deploys a function that sets it; the resource has a property.
    (this.bucket.node.defaultChild as CfnBucket).notificationConfiguration = {
      eventBridgeConfiguration: { eventBridgeEnabled: true },
    };
  }

  access(use: BucketUse): Access<{ readonly BUCKET_NAME: string }> {
    const { read = [], list, write = [], listParts = [], abort = [], delete: remove = [], formerVersions = [] } = use;
    const keys = (areas: readonly KeyArea[]) => areas.map((area) => this.bucket.arnForObjects(area));
    const statements = [
      { actions: ["s3:GetObject"], resources: keys(read) },
      // Without it S3 answers 403 instead of 404 for an object that is gone.
      { actions: ["s3:ListBucket"], resources: read.length > 0 || list ? [this.bucket.bucketArn] : [] },
      { actions: ["s3:PutObject"], resources: keys(write) },
      { actions: ["s3:AbortMultipartUpload"], resources: keys([...new Set([...write, ...abort])]) },
      { actions: ["s3:ListMultipartUploadParts"], resources: keys(listParts) },
      { actions: ["s3:DeleteObject"], resources: keys(remove) },
      { actions: ["s3:GetObjectVersion"], resources: keys(formerVersions) },
      { actions: ["s3:ListBucketVersions"], resources: formerVersions.length > 0 ? [this.bucket.bucketArn] : [] },
    ];
    return {
      variables: { BUCKET_NAME: this.bucket.bucketName },
      statements: statements.filter(({ resources }) => resources.length > 0),
    };
  }
}
