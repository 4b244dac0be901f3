import { join } from "node:path";
import { Aws, Duration } from "aws-cdk-lib";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  PriceClass,
  type ResponseHeadersPolicy,
  S3OriginAccessControl,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { HttpOrigin, S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnRecordSet } from "aws-cdk-lib/aws-route53";
import { CloudFrontTarget } from "aws-cdk-lib/aws-route53-targets";
import { BlockPublicAccess, Bucket, BucketEncryption, type BucketProps, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import type { StageConfig } from "../../config/stage.ts";
import { stageOf } from "../stage/stage-scope.ts";
import { nameInAllRegions } from "./name-in-all-regions.ts";
import { PortalHeaders } from "./portal-headers.ts";

export interface PortalProps {
  /** Id of the HTTP API that is served below `/v1/`, on the portal's own origin. */
  readonly apiId: string;
}

const priceClasses = {
  "europe-and-north-america": PriceClass.PRICE_CLASS_100,
  "without-south-america-and-oceania": PriceClass.PRICE_CLASS_200,
  everywhere: PriceClass.PRICE_CLASS_ALL,
} as const satisfies Record<StageConfig["portal"]["priceClass"], PriceClass>;

/**
 * The address that people open: pages from a private bucket, and the API below `/v1/`, so that a page calls its own
 * origin only. The files themselves come later, with what they must know (`PortalFiles`).
 */
export class Portal extends Construct {
  readonly bucket: Bucket;
  readonly distribution: Distribution;
  /** Origins under which a browser sees the pages, the preferred one first. */
  readonly origins: readonly [string, ...string[]];

  constructor(scope: Construct, id: string, { apiId }: PortalProps) {
    super(scope, id);
    const { config } = stageOf(this);
    const { domain } = config.portal;
    const logs = this.#logs();
    this.bucket = this.#bucket(logs);
    const responseHeadersPolicy = new PortalHeaders(this, "Headers");
    this.distribution = new Distribution(this, "Distribution", {
      comment: `SystemHealer ${config.name}`,
      defaultRootObject: "index.html",
      defaultBehavior: this.#pages(responseHeadersPolicy),
      additionalBehaviors: { "/v1/*": this.#api(apiId, responseHeadersPolicy) },
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: priceClasses[config.portal.priceClass],
      enableLogging: true,
      logBucket: logs,
      logFilePrefix: "cloudfront/",
      ...(domain && {
        domainNames: [domain.name],
        certificate: Certificate.fromCertificateArn(this, "Certificate", domain.certificateArn),
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      }),
    });
    this.#answerNotFound();
    const own = `https://${this.distribution.distributionDomainName}`;
    this.origins = domain ? [`https://${domain.name}`, own] : [own];
    if (domain?.hostedZoneId !== undefined) this.#addAddresses(domain.name, domain.hostedZoneId);
  }

  #pages(responseHeadersPolicy: ResponseHeadersPolicy): BehaviorOptions {
    const pageAddress = new EdgeFunction(this, "PageAddress", {
      comment: "Addresses of pages are all index.html",
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromFile({ filePath: join(import.meta.dirname, "page-address.js") }),
    });
    return {
      origin: S3BucketOrigin.withOriginAccessControl(this.bucket, {
        originAccessControl: new S3OriginAccessControl(this, "BucketAccess", {
          originAccessControlName: nameInAllRegions(this, "portal"),
        }),
      }),
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      compress: true,
      responseHeadersPolicy,
      functionAssociations: [{ function: pageAddress, eventType: FunctionEventType.VIEWER_REQUEST }],
    };
  }

  /**
   * With leave to list, S3 answers 404 for a file that is not there, not 403. Nobody sees a list: the function above
   * leaves no address that asks for one.
   */
  #answerNotFound(): void {
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal("cloudfront.amazonaws.com")],
        actions: ["s3:ListBucket"],
        resources: [this.bucket.bucketArn],
        conditions: { StringEquals: { "AWS:SourceArn": this.distribution.distributionArn } },
      }),
    );
  }

  #api(apiId: string, responseHeadersPolicy: ResponseHeadersPolicy): BehaviorOptions {
    return {
      origin: new HttpOrigin(`${apiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`, {
        protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
        originSslProtocols: [OriginSslPolicy.TLS_V1_2],
        readTimeout: Duration.seconds(30),
      }),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      responseHeadersPolicy,
    };
  }

  #bucket(logs: Bucket): Bucket {
    return new Bucket(this, "Bucket", {
      ...this.#secured(),
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      serverAccessLogsBucket: logs,
      serverAccessLogsPrefix: "bucket/",
    });
  }

  /** CloudFront writes its logs through an ACL, as no other bucket of ours has. */
  #logs(): Bucket {
    return new Bucket(this, "AccessLogs", {
      ...this.#secured(),
      objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
      lifecycleRules: [{ id: "expire", expiration: Duration.days(stageOf(this).config.logRetentionDays) }],
    });
  }

  #secured(): BucketProps {
    return {
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      removalPolicy: stageOf(this).removalPolicy,
    };
  }

  #addAddresses(name: string, hostedZoneId: string): void {
    for (const type of ["A", "AAAA"]) {
      new CfnRecordSet(this, `Address${type}`, {
        type,
        name: `${name}.`,
        hostedZoneId,
        aliasTarget: {
          dnsName: this.distribution.distributionDomainName,
          hostedZoneId: CloudFrontTarget.CLOUDFRONT_ZONE_ID,
        },
      });
    }
  }
}
