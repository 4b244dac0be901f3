import { expect, test } from "vitest";
import { BucketDefinitionError } from "../../../local/s3/bucket-definition.ts";
import { bucketFromTemplate } from "../../../local/s3/bucket-from-template.ts";

/** As the CDK writes it for an encrypted bucket with versions, CORS and lifecycle rules. */
const properties = {
  BucketEncryption: {
    ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
  },
  CorsConfiguration: {
    CorsRules: [
      {
        AllowedHeaders: ["*"],
        AllowedMethods: ["PUT"],
        AllowedOrigins: ["http://localhost:5173"],
        ExposedHeaders: ["ETag"],
        MaxAge: 600,
      },
    ],
  },
  LifecycleConfiguration: {
    Rules: [
      {
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 2 },
        NoncurrentVersionExpiration: { NoncurrentDays: 9 },
        Status: "Enabled",
      },
      { ExpirationInDays: 30, Prefix: "runs/", Status: "Enabled" },
      { ExpirationInDays: 1, Prefix: "off/", Status: "Disabled" },
    ],
  },
  PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true },
  VersioningConfiguration: { Status: "Enabled" },
};

test("a bucket of the template becomes a definition", () => {
  expect(bucketFromTemplate("data", properties, { eventBridge: true })).toEqual({
    name: "data",
    eventBridge: true,
    cors: [
      {
        allowedOrigins: ["http://localhost:5173"],
        allowedMethods: ["PUT"],
        allowedHeaders: ["*"],
        exposedHeaders: ["ETag"],
        maxAgeSeconds: 600,
      },
    ],
    lifecycle: [
      { prefix: "", abortIncompleteUploadDays: 2, formerVersionDays: 9 },
      { prefix: "runs/", expirationDays: 30 },
    ],
    versioned: true,
    encryption: { algorithm: "AES256" },
  });
});

test("what would be ignored in silence is refused", () => {
  const refused = (properties: Record<string, unknown>) => () =>
    bucketFromTemplate("data", properties, { eventBridge: false });
  expect(refused({ ReplicationConfiguration: {} })).toThrow(BucketDefinitionError);
  expect(refused({ NotificationConfiguration: { LambdaConfigurations: [] } })).toThrow(/LambdaConfigurations/);
  expect(refused({ LifecycleConfiguration: { Rules: [{ Status: "Enabled", TagFilters: [] }] } })).toThrow(/TagFilters/);
});
