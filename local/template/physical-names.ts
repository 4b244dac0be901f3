import { createHash } from "node:crypto";
import type { JsonObject } from "./json.ts";
import { textOf } from "./json.ts";

export const account = "000000000000";
export const region = "us-east-1";
export const partition = "aws";

/** What `Ref` and `Fn::GetAtt` give of a resource. */
export interface Identity {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface NamedResource {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  /** Resolved as far as names need it. */
  readonly properties: JsonObject;
}

/**
 * Names depend on stack and logical id only, so they are the same after a restart.
 * @param endpoint where an HTTP API is served.
 */
export function identify(resource: NamedResource, endpoint: string): Identity {
  const { stack, logicalId, type, properties } = resource;
  const name = (property: string, maximum = 64): string =>
    textOf(properties[property]) ?? shorten(`${stack}-${logicalId}`, maximum);
  const id = (length: number): string => digest(`${stack}/${logicalId}`).slice(0, length);
  const arn = (service: string, rest: string): string => `arn:${partition}:${service}:${region}:${account}:${rest}`;

  switch (type) {
    case "AWS::S3::Bucket": {
      const bucket = name("BucketName", 63).toLowerCase();
      const domain = `${bucket}.s3.amazonaws.com`;
      return {
        ref: bucket,
        attributes: {
          Arn: `arn:${partition}:s3:::${bucket}`,
          DomainName: domain,
          RegionalDomainName: `${bucket}.s3.${region}.amazonaws.com`,
          DualStackDomainName: domain,
          WebsiteURL: `http://${domain}`,
        },
      };
    }
    case "AWS::DynamoDB::Table":
    case "AWS::DynamoDB::GlobalTable": {
      const table = name("TableName");
      return { ref: table, attributes: { Arn: arn("dynamodb", `table/${table}`) } };
    }
    case "AWS::Lambda::Function": {
      const functionName = name("FunctionName");
      return { ref: functionName, attributes: { Arn: arn("lambda", `function:${functionName}`) } };
    }
    case "AWS::Lambda::LayerVersion": {
      const layer = arn("lambda", `layer:${name("LayerName")}:1`);
      return { ref: layer, attributes: { LayerVersionArn: layer } };
    }
    case "AWS::IAM::Role": {
      const role = name("RoleName");
      return {
        ref: role,
        attributes: { Arn: `arn:${partition}:iam::${account}:role/${role}`, RoleId: `AROA${id(17).toUpperCase()}` },
      };
    }
    case "AWS::IAM::ManagedPolicy": {
      const policy = `arn:${partition}:iam::${account}:policy/${name("ManagedPolicyName")}`;
      return { ref: policy, attributes: { PolicyArn: policy } };
    }
    case "AWS::StepFunctions::StateMachine": {
      const machine = name("StateMachineName");
      const machineArn = arn("states", `stateMachine:${machine}`);
      return { ref: machineArn, attributes: { Arn: machineArn, Name: machine } };
    }
    case "AWS::ECS::Cluster": {
      const cluster = name("ClusterName");
      return { ref: cluster, attributes: { Arn: arn("ecs", `cluster/${cluster}`) } };
    }
    case "AWS::ECS::TaskDefinition": {
      const definition = arn("ecs", `task-definition/${name("Family")}:1`);
      return { ref: definition, attributes: { TaskDefinitionArn: definition } };
    }
    case "AWS::Events::Rule": {
      const rule = name("Name");
      return { ref: rule, attributes: { Arn: arn("events", `rule/${rule}`) } };
    }
    case "AWS::SQS::Queue": {
      const queue = name("QueueName");
      return {
        ref: `https://sqs.${region}.amazonaws.com/${account}/${queue}`,
        attributes: { Arn: arn("sqs", queue), QueueName: queue },
      };
    }
    case "AWS::SNS::Topic": {
      const topic = name("TopicName");
      return { ref: arn("sns", topic), attributes: { TopicArn: arn("sns", topic), TopicName: topic } };
    }
    case "AWS::Cognito::UserPool": {
      const pool = `${region}_${id(9)}`;
      const provider = `cognito-idp.${region}.amazonaws.com/${pool}`;
      return {
        ref: pool,
        attributes: {
          Arn: arn("cognito-idp", `userpool/${pool}`),
          ProviderName: provider,
          ProviderURL: `https://${provider}`,
          UserPoolId: pool,
        },
      };
    }
    case "AWS::Cognito::UserPoolClient":
      return { ref: id(26), attributes: { ClientId: id(26) } };
    case "AWS::Cognito::UserPoolGroup":
      return { ref: name("GroupName"), attributes: {} };
    case "AWS::ApiGatewayV2::Api":
      return { ref: id(10), attributes: { ApiEndpoint: endpoint, ApiId: id(10) } };
    case "AWS::ApiGatewayV2::Stage":
      return { ref: name("StageName"), attributes: {} };
    case "AWS::ApiGatewayV2::Authorizer":
      return { ref: id(6), attributes: { AuthorizerId: id(6) } };
    case "AWS::CloudFront::Distribution":
      return { ref: id(14), attributes: { Id: id(14), DomainName: `${id(14)}.cloudfront.net` } };
    case "AWS::CloudFront::Function": {
      const functionArn = `arn:${partition}:cloudfront::${account}:function/${id(14)}`;
      return { ref: functionArn, attributes: { FunctionARN: functionArn } };
    }
    case "AWS::CloudFront::OriginAccessControl":
    case "AWS::CloudFront::ResponseHeadersPolicy":
      return { ref: id(14), attributes: { Id: id(14) } };
    case "AWS::KMS::Key":
      return { ref: id(36), attributes: { Arn: arn("kms", `key/${id(36)}`), KeyId: id(36) } };
    case "AWS::Logs::LogGroup": {
      const group = name("LogGroupName", 512);
      return { ref: group, attributes: { Arn: arn("logs", `log-group:${group}:*`) } };
    }
    case "AWS::EC2::SecurityGroup":
      return { ref: `sg-${id(17)}`, attributes: { GroupId: `sg-${id(17)}`, Id: `sg-${id(17)}`, VpcId: "vpc-local" } };
    case "AWS::EC2::VPC":
      return {
        ref: `vpc-${id(17)}`,
        attributes: {
          VpcId: `vpc-${id(17)}`,
          CidrBlock: textOf(properties.CidrBlock) ?? "10.0.0.0/16",
          DefaultSecurityGroup: `sg-${id(17)}`,
          DefaultNetworkAcl: `acl-${id(17)}`,
        },
      };
    case "AWS::EC2::Subnet":
      return {
        ref: `subnet-${id(17)}`,
        attributes: { SubnetId: `subnet-${id(17)}`, AvailabilityZone: `${region}a` },
      };
    default:
      return { ref: shorten(`${stack}-${logicalId}`, 128), attributes: { Arn: arn("local", `${stack}/${logicalId}`) } };
  }
}

/** A name no longer than AWS allows, still one of a kind. */
function shorten(name: string, maximum: number): string {
  if (name.length <= maximum) return name;
  return `${name.slice(0, maximum - 9)}-${digest(name).slice(0, 8)}`;
}

function digest(text: string): string {
  return BigInt(`0x${createHash("sha256").update(text).digest("hex")}`)
    .toString(36)
    .padStart(50, "0");
}
