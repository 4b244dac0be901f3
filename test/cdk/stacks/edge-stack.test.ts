import { runInNewContext } from "node:vm";
import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import { ownDomain, resourceOf, resourcesOf, synthesize } from "../synthesis.ts";

const { edge } = synthesize("prod");
const dev = synthesize("dev").edge;
const named = synthesize("prod", ownDomain).edge;

function distribution(of: typeof edge) {
  return resourceOf(of, "AWS::CloudFront::Distribution").Properties.DistributionConfig;
}

describe("the portal's bucket", () => {
  test("is closed to everybody but the distribution, and encrypted", () => {
    const buckets = resourcesOf([edge], "AWS::S3::Bucket");
    expect(buckets).toHaveLength(2);
    for (const [, { Properties, DeletionPolicy }] of buckets) {
      expect(Properties.BucketEncryption.ServerSideEncryptionConfiguration[0]).toEqual({
        ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" },
      });
      expect(Object.values(Properties.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
      expect(DeletionPolicy).toBe("Retain");
    }
    const [origin] = distribution(edge).Origins;
    expect(origin.OriginAccessControlId).toBeDefined();
    expect(origin.S3OriginConfig.OriginAccessIdentity).toBe("");
    const allowed = resourcesOf([edge], "AWS::S3::BucketPolicy")
      .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
      .filter(({ Effect, Principal }) => Effect === "Allow" && Principal.Service !== "logging.s3.amazonaws.com");
    for (const { Principal, Condition } of allowed) {
      expect(Principal).toEqual({ Service: "cloudfront.amazonaws.com" });
      expect(JSON.stringify(Condition.StringEquals["AWS:SourceArn"])).toContain("PortalDistribution");
    }
    expect(allowed.flatMap(({ Action }) => Action).sort()).toEqual(["s3:GetObject", "s3:ListBucket"]);
  });

  test("refuses what does not come by TLS 1.2 or later", () => {
    for (const [id] of resourcesOf([edge], "AWS::S3::Bucket")) {
      edge.hasResourceProperties("AWS::S3::BucketPolicy", {
        Bucket: { Ref: id },
        PolicyDocument: {
          Statement: Match.arrayWith([
            Match.objectLike({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
            Match.objectLike({ Effect: "Deny", Condition: { NumericLessThan: { "s3:TlsVersion": 1.2 } } }),
          ]),
        },
      });
    }
  });
});

describe("the distribution", () => {
  test("serves pages over TLS only and the API, never from a copy, below /v1", () => {
    const { DefaultCacheBehavior: pages, CacheBehaviors, DefaultRootObject, Origins } = distribution(edge);
    expect(DefaultRootObject).toBe("index.html");
    expect(pages).toMatchObject({ ViewerProtocolPolicy: "redirect-to-https", AllowedMethods: ["GET", "HEAD"] });
    expect(CacheBehaviors).toHaveLength(1);
    expect(CacheBehaviors[0]).toMatchObject({
      PathPattern: "/v1/*",
      ViewerProtocolPolicy: "https-only",
      // Managed-CachingDisabled and Managed-AllViewerExceptHostHeader
      CachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
      OriginRequestPolicyId: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
    });
    expect(CacheBehaviors[0].AllowedMethods).toEqual(expect.arrayContaining(["POST", "PATCH", "DELETE"]));
    expect(Origins[1].CustomOriginConfig).toMatchObject({
      OriginProtocolPolicy: "https-only",
      OriginSSLProtocols: ["TLSv1.2"],
    });
  });

  test("logs who reads, and keeps copies where the stage says", () => {
    expect(distribution(edge).Logging.Prefix).toBe("cloudfront/");
    expect([distribution(edge).PriceClass, distribution(dev).PriceClass]).toEqual(["PriceClass_All", "PriceClass_100"]);
  });

  test("has a name and TLS of its own where the stage says so", () => {
    expect(distribution(edge)).not.toHaveProperty("Aliases");
    expect(distribution(named)).toMatchObject({
      Aliases: ["heal.example.com"],
      ViewerCertificate: {
        AcmCertificateArn: ownDomain.portalCertificateArn,
        MinimumProtocolVersion: "TLSv1.2_2021",
        SslSupportMethod: "sni-only",
      },
    });
    const records = resourcesOf([named], "AWS::Route53::RecordSet").map(([, { Properties }]) => Properties);
    expect(records.map(({ Type, Name, HostedZoneId }) => [Type, Name, HostedZoneId])).toEqual([
      ["A", "heal.example.com.", "Z0123456789"],
      ["AAAA", "heal.example.com.", "Z0123456789"],
    ]);
    named.hasOutput("PortalUrl", { Value: "https://heal.example.com" });
  });
});

test("every answer carries the security headers, on pages and API alike", () => {
  const policy = resourceOf(edge, "AWS::CloudFront::ResponseHeadersPolicy").Properties.ResponseHeadersPolicyConfig;
  const { DefaultCacheBehavior, CacheBehaviors } = distribution(edge);
  expect(DefaultCacheBehavior.ResponseHeadersPolicyId).toEqual(CacheBehaviors[0].ResponseHeadersPolicyId);
  expect(policy.SecurityHeadersConfig).toMatchObject({
    ContentTypeOptions: { Override: true },
    FrameOptions: { FrameOption: "DENY" },
    ReferrerPolicy: { ReferrerPolicy: "strict-origin-when-cross-origin" },
    StrictTransportSecurity: { AccessControlMaxAgeSec: 63_072_000, IncludeSubdomains: true },
  });
  const names = policy.CustomHeadersConfig.Items.map(({ Header }: { Header: string }) => Header);
  expect(names).toEqual(["cross-origin-opener-policy", "permissions-policy"]);
  const parts: unknown[] = policy.SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy["Fn::Join"][1];
  const text = parts.map((part) => (typeof part === "string" ? part : `<${Object.values(part as object)}>`)).join("");
  const directives = text.split("; ");
  expect(directives).toContain("default-src 'none'");
  expect(directives).toContain("script-src 'self'");
  expect(directives).toContain("frame-ancestors 'none'");
  expect(directives).toContain(
    "connect-src 'self' https://systemhealer-prod-data-<AWS::AccountId>-<AWS::Region>.s3.<AWS::Region>.<AWS::URLSuffix> https://cognito-idp.<AWS::Region>.<AWS::URLSuffix>",
  );
  expect(text).not.toContain("unsafe");
  expect(text).not.toContain("*");
});

test("addresses without an extension are the one page, all others stay as they are", () => {
  const { FunctionCode } = resourceOf(edge, "AWS::CloudFront::Function").Properties;
  const addressOf = (uri: string): string =>
    runInNewContext(`${FunctionCode}; handler({ request: { uri: given } }).uri`, { given: uri });
  for (const page of ["/", "/runs", "/runs/run-01J", "/a.b/c"]) expect(addressOf(page)).toBe("/index.html");
  for (const file of ["/config.json", "/assets/main-1a2b.js"]) expect(addressOf(file)).toBe(file);
});

test("parts that have one name in the whole account hold the region", () => {
  const [, control] = resourcesOf([edge], "AWS::CloudFront::OriginAccessControl")[0]!;
  const policy = resourceOf(edge, "AWS::CloudFront::ResponseHeadersPolicy");
  for (const name of [
    control.Properties.OriginAccessControlConfig.Name,
    policy.Properties.ResponseHeadersPolicyConfig.Name,
  ]) {
    expect(JSON.stringify(name)).toContain("AWS::Region");
  }
});
