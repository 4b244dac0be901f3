import { App, Duration, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { BlockPublicAccess, Bucket, BucketEncryption, HttpMethods } from "aws-cdk-lib/aws-s3";
import { expect, test } from "vitest";
import { BucketDefinitionError } from "../../../local/s3/bucket-definition.ts";
import { bucketFromTemplate } from "../../../local/s3/bucket-from-template.ts";

function synthesized(): Record<string, unknown> {
  const stack = new Stack(new App(), "S");
  new Bucket(stack, "B", {
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    versioned: true,
    eventBridgeEnabled: true,
    cors: [
      {
        allowedOrigins: ["http://localhost:5173"],
        allowedMethods: [HttpMethods.PUT],
        allowedHeaders: ["*"],
        exposedHeaders: ["ETag"],
        maxAge: 600,
      },
    ],
    lifecycleRules: [
      { abortIncompleteMultipartUploadAfter: Duration.days(2), noncurrentVersionExpiration: Duration.days(9) },
      { prefix: "runs/", expiration: Duration.days(30) },
      { prefix: "off/", expiration: Duration.days(1), enabled: false },
    ],
  });
  const [resource] = Object.values(Template.fromStack(stack).findResources("AWS::S3::Bucket"));
  return (resource as { Properties: Record<string, unknown> }).Properties;
}

test("a bucket of the CDK app becomes a definition", () => {
  expect(bucketFromTemplate("data", synthesized(), { eventBridge: true })).toEqual({
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
      { prefix: "", abortIncompleteUploadDays: 2 },
      { prefix: "runs/", expirationDays: 30 },
    ],
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
