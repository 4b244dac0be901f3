import type { BucketDefinition } from "../s3/bucket-definition.ts";
import { bucketFromTemplate } from "../s3/bucket-from-template.ts";
import type { Application } from "../template/application.ts";
import { objectOf, textOf } from "../template/json.ts";
import type { Resource } from "../template/resource.ts";
import { UnsupportedTemplateError } from "../template/unsupported-template-error.ts";
import { nameOf } from "./surroundings.ts";

/**
 * The template's buckets with their policies and notifications.
 *
 * @param portalUrl where the distribution's pages are served.
 * @throws UnsupportedTemplateError for what the local S3 would not honour.
 */
export function bucketDefinitions(application: Application, portalUrl: string): BucketDefinition[] {
  const problems: string[] = [];
  const buckets: BucketDefinition[] = [];
  for (const resource of application.ofType("AWS::S3::Bucket")) {
    try {
      buckets.push(admitPortal(bucketDefinition(resource, application), application, portalUrl));
    } catch (error) {
      problems.push(`${nameOf(resource)}: ${(error as Error).message}`);
    }
  }
  if (problems.length > 0) throw new UnsupportedTemplateError(problems);
  return buckets;
}

function bucketDefinition({ ref: name, properties }: Resource, application: Application): BucketDefinition {
  const policies = application.ofType("AWS::S3::BucketPolicy").filter((policy) => policy.properties.Bucket === name);
  if (policies.length > 1) throw new Error("a bucket has one policy");
  const notifications = application
    .ofType("Custom::S3BucketNotifications")
    .filter((notification) => textOf(notification.properties.BucketName) === name)
    .map((notification) => objectOf(notification.properties.NotificationConfiguration));
  const other = notifications.flatMap((configuration) =>
    Object.keys(configuration).filter((kind) => kind !== "EventBridgeConfiguration"),
  );
  if (other.length > 0) throw new Error(`notifications by ${other.join(", ")} are not honoured here`);
  const policy = policies[0]?.properties.PolicyDocument;
  return bucketFromTemplate(name, properties, {
    eventBridge: notifications.some((configuration) => "EventBridgeConfiguration" in configuration),
    ...(policy === undefined ? {} : { policy }),
  });
}

/** Where a rule admits pages of the distribution, it admits those that are served here in its place. */
function admitPortal(bucket: BucketDefinition, application: Application, portalUrl: string): BucketDefinition {
  const { port } = new URL(portalUrl);
  const served = [`http://127.0.0.1:${port}`, `http://localhost:${port}`];
  const distributions = application
    .ofType("AWS::CloudFront::Distribution")
    .map(({ attributes }) => `https://${attributes.DomainName}`);
  const cors = (bucket.cors ?? []).map((rule) => ({
    ...rule,
    allowedOrigins: rule.allowedOrigins.flatMap((origin) => (distributions.includes(origin) ? served : [origin])),
  }));
  return { ...bucket, cors };
}
