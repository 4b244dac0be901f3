import { Aws, Duration } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import { Asset } from "aws-cdk-lib/aws-s3-assets";
import { BucketDeployment, CacheControl, Source } from "aws-cdk-lib/aws-s3-deployment";
import { Construct } from "constructs";
import { HouseLogGroup } from "../logs/house-log-group.ts";
import { cognitoEndpoint } from "../member-pool/cognito-endpoint.ts";
import type { MemberPool } from "../member-pool/member-pool.ts";

export interface PortalFilesProps {
  /** Absolute path of the built portal. */
  readonly folder: string;
  readonly bucket: Bucket;
  readonly members: MemberPool;
}

/**
 * The portal's files and `config.json`, which tells them where they are. Files under `assets/` have their hash in the
 * name: browsers keep them, and those of the deployment before stay for pages that are still open. All others are
 * asked for anew each time, and are written only when the assets are there.
 */
export class PortalFiles extends Construct {
  constructor(scope: Construct, id: string, { folder, bucket, members }: PortalFilesProps) {
    super(scope, id);
    const built = new Asset(this, "Built", { path: folder });
    const logGroup = new HouseLogGroup(this, "Logs");
    const role = this.#publisher(bucket, built, logGroup);
    const common = {
      destinationBucket: bucket,
      prune: false,
      memoryLimit: 512,
      logGroup,
      role: role.withoutPolicyUpdates(),
    };
    const files = Source.bucket(built.bucket, built.s3ObjectKey);
    const assets = new BucketDeployment(this, "Assets", {
      ...common,
      sources: [files],
      exclude: ["*"],
      include: ["assets/*"],
      cacheControl: [CacheControl.setPublic(), CacheControl.maxAge(Duration.days(365)), CacheControl.immutable()],
    });
    const pages = new BucketDeployment(this, "Pages", {
      ...common,
      sources: [
        files,
        Source.jsonData("config.json", {
          apiUrl: "/",
          region: Aws.REGION,
          userPoolId: members.pool.userPoolId,
          userPoolClientId: members.client.userPoolClientId,
          cognitoEndpoint,
        }),
      ],
      exclude: ["assets/*"],
      cacheControl: [CacheControl.noCache()],
    });
    assets.node.addDependency(role);
    pages.node.addDependency(assets);
  }

  /** The copying function is the CDK's own; what it may do is not: its own grants reach further than two copies need. */
  #publisher(bucket: Bucket, { bucket: assets }: Asset, logs: HouseLogGroup): Role {
    const role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
      description: "Of the function that publishes the portal",
    });
    logs.grantWrite(role);
    const allow = (actions: string[], resource: string) =>
      role.addToPolicy(new PolicyStatement({ actions, resources: [resource] }));
    allow(["s3:GetObject"], assets.arnForObjects("*.zip"));
    allow(["s3:ListBucket"], bucket.bucketArn);
    allow(["s3:PutObject", "s3:AbortMultipartUpload"], bucket.arnForObjects("*"));
    return role;
  }
}
