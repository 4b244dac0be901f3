import {
  type BucketDefinition,
  BucketDefinitionError,
  type BucketEncryption,
  type CorsRule,
  type LifecycleRule,
} from "./bucket-definition.ts";

type Properties = Readonly<Record<string, unknown>>;

/**
 * Properties that change nothing here: public access is always refused, ACLs do not exist, and no access log is written.
 */
const withoutEffect = new Set([
  "AccessControl",
  "BucketName",
  "LoggingConfiguration",
  "OwnershipControls",
  "PublicAccessBlockConfiguration",
  "Tags",
]);

const understood = new Set([
  "BucketEncryption",
  "CorsConfiguration",
  "LifecycleConfiguration",
  "NotificationConfiguration",
  "VersioningConfiguration",
]);

/**
 * Reads the properties of an `AWS::S3::Bucket`, intrinsics resolved. Whether events are sent is told by `eventBridge`,
 * because CDK writes it into a custom resource; `NotificationConfiguration.EventBridgeConfiguration` counts too.
 *
 * Throws `BucketDefinitionError` for a property that the local S3 does not honour.
 */
export function bucketFromTemplate(
  name: string,
  properties: Properties,
  options: { readonly eventBridge: boolean; readonly policy?: unknown },
): BucketDefinition {
  const refuse = (what: string): never => {
    throw new BucketDefinitionError(`Bucket ${name}: ${what} is not supported by the local stack`);
  };
  for (const property of Object.keys(properties)) {
    if (!withoutEffect.has(property) && !understood.has(property)) refuse(property);
  }
  const notification = properties.NotificationConfiguration as Properties | undefined;
  for (const target of Object.keys(notification ?? {})) {
    if (target !== "EventBridgeConfiguration") refuse(`NotificationConfiguration.${target}`);
  }
  const bridge = notification?.EventBridgeConfiguration as Properties | undefined;
  const versioning = (properties.VersioningConfiguration as Properties | undefined)?.Status;
  const encryption = readEncryption(properties.BucketEncryption as Properties | undefined, refuse);
  return {
    name,
    eventBridge: options.eventBridge || String(bridge?.EventBridgeEnabled) === "true",
    cors: listOf((properties.CorsConfiguration as Properties | undefined)?.CorsRules).map(readCorsRule),
    lifecycle: listOf((properties.LifecycleConfiguration as Properties | undefined)?.Rules).flatMap((rule) =>
      readLifecycleRule(rule, refuse),
    ),
    ...(versioning === "Enabled" && { versioned: true }),
    ...(encryption ? { encryption } : {}),
    ...(options.policy === undefined ? {} : { policy: options.policy }),
  };
}

function readCorsRule(rule: Properties): CorsRule {
  return {
    allowedOrigins: textsOf(rule.AllowedOrigins),
    allowedMethods: textsOf(rule.AllowedMethods),
    allowedHeaders: textsOf(rule.AllowedHeaders),
    exposedHeaders: textsOf(rule.ExposedHeaders),
    ...(rule.MaxAge === undefined ? {} : { maxAgeSeconds: Number(rule.MaxAge) }),
  };
}

const lifecycleFields = new Set([
  "AbortIncompleteMultipartUpload",
  "ExpirationInDays",
  "ExpiredObjectDeleteMarker",
  "Id",
  "NoncurrentVersionExpiration",
  "NoncurrentVersionTransitions",
  "Prefix",
  "Status",
  "Transitions",
]);

function readLifecycleRule(rule: Properties, refuse: (what: string) => never): LifecycleRule[] {
  for (const field of Object.keys(rule)) if (!lifecycleFields.has(field)) refuse(`a lifecycle rule's ${field}`);
  if (rule.Status !== "Enabled") return [];
  const abort = rule.AbortIncompleteMultipartUpload as Properties | undefined;
  const former = rule.NoncurrentVersionExpiration as Properties | undefined;
  return [
    {
      prefix: String(rule.Prefix ?? ""),
      ...(rule.ExpirationInDays === undefined ? {} : { expirationDays: Number(rule.ExpirationInDays) }),
      ...(abort === undefined ? {} : { abortIncompleteUploadDays: Number(abort.DaysAfterInitiation) }),
      ...(former === undefined ? {} : { formerVersionDays: Number(former.NoncurrentDays) }),
      ...(rule.ExpiredObjectDeleteMarker === true && { expireDeleteMarkers: true }),
    },
  ];
}

function readEncryption(
  encryption: Properties | undefined,
  refuse: (what: string) => never,
): BucketEncryption | undefined {
  const rule = listOf(encryption?.ServerSideEncryptionConfiguration)[0];
  const byDefault = rule?.ServerSideEncryptionByDefault as Properties | undefined;
  switch (byDefault?.SSEAlgorithm) {
    case undefined:
      return undefined;
    case "AES256":
      return { algorithm: "AES256" };
    case "aws:kms":
      return byDefault.KMSMasterKeyID === undefined
        ? { algorithm: "aws:kms" }
        : { algorithm: "aws:kms", keyArn: String(byDefault.KMSMasterKeyID) };
    default:
      return refuse(`encryption ${String(byDefault?.SSEAlgorithm)}`);
  }
}

function listOf(value: unknown): Properties[] {
  return Array.isArray(value) ? (value as Properties[]) : [];
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
