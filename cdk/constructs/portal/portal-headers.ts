import { Aws, Duration } from "aws-cdk-lib";
import { HeadersFrameOption, HeadersReferrerPolicy, ResponseHeadersPolicy } from "aws-cdk-lib/aws-cloudfront";
import type { Construct } from "constructs";
import { dataBucketName } from "../data-bucket/data-bucket-name.ts";
import { cognitoEndpoint } from "../member-pool/cognito-endpoint.ts";
import { contentSecurityPolicy } from "./content-security-policy.ts";
import { nameInAllRegions } from "./name-in-all-regions.ts";

/** Headers of every answer of the portal. The API is no neighbour: it has the same origin. */
export class PortalHeaders extends ResponseHeadersPolicy {
  constructor(scope: Construct, id: string) {
    const bucketOrigin = `https://${dataBucketName(scope)}.s3.${Aws.REGION}.${Aws.URL_SUFFIX}`;
    const header = (name: string, value: string) => ({ header: name, value, override: true });
    super(scope, id, {
      responseHeadersPolicyName: nameInAllRegions(scope, "portal"),
      comment: "SystemHealer portal",
      securityHeadersBehavior: {
        contentSecurityPolicy: {
          contentSecurityPolicy: contentSecurityPolicy([bucketOrigin, cognitoEndpoint]),
          override: true,
        },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: {
          referrerPolicy: HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN,
          override: true,
        },
        strictTransportSecurity: {
          accessControlMaxAge: Duration.days(730),
          includeSubdomains: true,
          override: true,
        },
      },
      customHeadersBehavior: {
        customHeaders: [
          header("cross-origin-opener-policy", "same-origin"),
          header("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        ],
      },
    });
  }
}
