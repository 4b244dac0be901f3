/** A resource that the local stack runs. */
interface Handled {
  readonly honoured: readonly string[];
  /** Properties that may be set and change nothing here, with the reason. */
  readonly withoutEffect: Readonly<Record<string, string>>;
}
/** A resource whose properties the part that runs it reads and checks itself. */
interface CheckedElsewhere {
  readonly checkedBy: string;
}
/** A resource that has no counterpart on a laptop, with the reason. */
interface Inert {
  readonly inert: string;
}

const billing = "nothing is billed";
const encryption = "files on a laptop are not encrypted with KMS";
const tags = "tags only label";
const logs = "logs go to files";
const tracing = "nothing is traced";
const network = "everything runs on loopback";
const observation = "nobody is paged by a laptop";
const edge = "browsers come by loopback";

const handled: Readonly<Record<string, Handled>> = {
  "Custom::S3BucketNotifications": {
    honoured: ["ServiceToken", "BucketName", "NotificationConfiguration", "Managed"],
    withoutEffect: { SkipDestinationValidation: "the only destination is the event bus" },
  },
  "AWS::DynamoDB::Table": {
    honoured: ["TableName", "KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes", "BillingMode"],
    withoutEffect: {
      ContributorInsightsSpecification: observation,
      DeletionProtectionEnabled: "the local stack never deletes a table",
      OnDemandThroughput: billing,
      PointInTimeRecoverySpecification: "the data folder can be copied",
      ProvisionedThroughput: billing,
      SSESpecification: encryption,
      TableClass: billing,
      Tags: tags,
      TimeToLiveSpecification: "items stay until they are deleted, which DynamoDB allows for days too",
    },
  },
  "AWS::DynamoDB::GlobalTable": {
    honoured: ["TableName", "KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes", "BillingMode", "Replicas"],
    withoutEffect: {
      SSESpecification: encryption,
      TimeToLiveSpecification: "items stay until they are deleted, which DynamoDB allows for days too",
      WriteOnDemandThroughputSettings: billing,
      WriteProvisionedThroughputSettings: billing,
      WarmThroughput: billing,
    },
  },
  "AWS::Lambda::Function": {
    honoured: [
      "FunctionName",
      "Code",
      "Handler",
      "Runtime",
      "Role",
      "Environment",
      "Timeout",
      "MemorySize",
      "Layers",
      "ReservedConcurrentExecutions",
    ],
    withoutEffect: {
      Architectures: "code runs on the laptop's own processor",
      Description: tags,
      EphemeralStorage: "the laptop's disk is used",
      KmsKeyArn: encryption,
      LoggingConfig: logs,
      RecursiveLoop: "no queue feeds a function back",
      SnapStart: "environments start in milliseconds",
      Tags: tags,
      TracingConfig: tracing,
      VpcConfig: network,
    },
  },
  "AWS::Lambda::LayerVersion": {
    honoured: ["Content"],
    withoutEffect: {
      CompatibleArchitectures: "packages of the repository stand in for a layer's",
      CompatibleRuntimes: "packages of the repository stand in for a layer's",
      Description: tags,
      LayerName: tags,
      LicenseInfo: tags,
    },
  },
  "AWS::Lambda::Permission": {
    honoured: ["Action", "FunctionName", "Principal", "SourceArn"],
    withoutEffect: { SourceAccount: "there is one account" },
  },
  "AWS::Lambda::EventInvokeConfig": {
    honoured: ["FunctionName", "MaximumRetryAttempts", "Qualifier", "DestinationConfig"],
    withoutEffect: { MaximumEventAgeInSeconds: "all tries are over long before" },
  },
  "AWS::IAM::Role": {
    honoured: ["RoleName", "AssumeRolePolicyDocument", "Policies", "ManagedPolicyArns"],
    withoutEffect: {
      Description: tags,
      MaxSessionDuration: "keys of a role live as long as the stack",
      Path: tags,
      Tags: tags,
    },
  },
  "AWS::IAM::Policy": { honoured: ["PolicyName", "PolicyDocument", "Roles"], withoutEffect: {} },
  "AWS::IAM::ManagedPolicy": {
    honoured: ["ManagedPolicyName", "PolicyDocument", "Roles"],
    withoutEffect: { Description: tags, Path: tags },
  },
  "AWS::StepFunctions::StateMachine": {
    honoured: ["StateMachineName", "StateMachineType", "DefinitionString", "DefinitionSubstitutions", "RoleArn"],
    withoutEffect: {
      EncryptionConfiguration: encryption,
      LoggingConfiguration: logs,
      Tags: tags,
      TracingConfiguration: tracing,
    },
  },
  "AWS::ECS::Cluster": {
    honoured: ["ClusterName"],
    withoutEffect: {
      CapacityProviders: network,
      ClusterSettings: observation,
      Configuration: logs,
      DefaultCapacityProviderStrategy: network,
      Tags: tags,
    },
  },
  "AWS::ECS::TaskDefinition": {
    honoured: ["Family", "ContainerDefinitions", "Cpu", "Memory", "TaskRoleArn"],
    withoutEffect: {
      EphemeralStorage: "the laptop's disk is used",
      ExecutionRoleArn: "no image is pulled",
      NetworkMode: network,
      RequiresCompatibilities: network,
      RuntimePlatform: "code runs on the laptop's own processor",
      Tags: tags,
      Volumes: "the laptop's disk is used",
    },
  },
  "AWS::Events::Rule": {
    honoured: ["Name", "EventBusName", "EventPattern", "ScheduleExpression", "State", "Targets"],
    withoutEffect: { Description: tags, Tags: tags },
  },
  "AWS::SQS::Queue": {
    honoured: ["QueueName"],
    withoutEffect: {
      KmsMasterKeyId: encryption,
      MessageRetentionPeriod: "dead letters stay in their folder",
      RedriveAllowPolicy: "nothing reads the queue",
      SqsManagedSseEnabled: encryption,
      Tags: tags,
      VisibilityTimeout: "nothing reads the queue",
    },
  },
  "AWS::SNS::Topic": {
    honoured: ["TopicName"],
    withoutEffect: {
      DisplayName: tags,
      KmsMasterKeyId: encryption,
      Subscription: "messages stay in the outbox folder",
      Tags: tags,
    },
  },
  "AWS::CloudFront::Function": {
    honoured: ["FunctionCode"],
    withoutEffect: {
      AutoPublish: "there is one version",
      FunctionConfig: "the language of the laptop's Node is wider than CloudFront's",
      Name: tags,
    },
  },
  "AWS::ApiGatewayV2::Api": {
    honoured: ["Name", "ProtocolType", "CorsConfiguration"],
    withoutEffect: {
      Description: tags,
      DisableExecuteApiEndpoint: "there is one endpoint",
      IpAddressType: network,
      Tags: tags,
    },
  },
  "AWS::ApiGatewayV2::Integration": {
    honoured: ["ApiId", "IntegrationType", "IntegrationUri", "PayloadFormatVersion", "TimeoutInMillis"],
    withoutEffect: { Description: tags, IntegrationMethod: "functions are invoked directly" },
  },
  "AWS::ApiGatewayV2::Route": {
    honoured: ["ApiId", "RouteKey", "Target", "AuthorizationType", "AuthorizerId", "AuthorizationScopes"],
    withoutEffect: { OperationName: tags },
  },
  "AWS::ApiGatewayV2::Authorizer": {
    honoured: ["ApiId", "AuthorizerType", "IdentitySource", "JwtConfiguration"],
    withoutEffect: { Name: tags },
  },
  "AWS::ApiGatewayV2::Stage": {
    honoured: ["ApiId", "StageName", "AutoDeploy", "DefaultRouteSettings", "RouteSettings"],
    withoutEffect: { AccessLogSettings: logs, Description: tags, Tags: tags },
  },
};

const checkedElsewhere: Readonly<Record<string, CheckedElsewhere>> = {
  "AWS::CloudFront::Distribution": { checkedBy: "assemble/distribution" },
  "AWS::CloudFront::ResponseHeadersPolicy": { checkedBy: "assemble/response-headers" },
  "AWS::Cognito::UserPool": { checkedBy: "cognito/definition" },
  "AWS::Cognito::UserPoolClient": { checkedBy: "cognito/client-definition" },
  "AWS::Cognito::UserPoolGroup": { checkedBy: "cognito/definition" },
  "AWS::S3::Bucket": { checkedBy: "s3/bucket-from-template" },
  "AWS::S3::BucketPolicy": { checkedBy: "iam/load-policy" },
  "Custom::CDKBucketDeployment": { checkedBy: "assemble/published-files" },
};

const inert: Readonly<Record<string, string>> = {
  "AWS::ApiGatewayV2::ApiMapping": edge,
  "AWS::ApiGatewayV2::DomainName": edge,
  "AWS::Budgets::Budget": billing,
  "AWS::CDK::Metadata": tags,
  "AWS::CertificateManager::Certificate": edge,
  "AWS::CloudFront::CachePolicy": edge,
  "AWS::CloudFront::OriginAccessControl": edge,
  "AWS::CloudTrail::Trail": logs,
  "AWS::CloudWatch::Alarm": observation,
  "AWS::CloudWatch::CompositeAlarm": observation,
  "AWS::CloudWatch::Dashboard": observation,
  "AWS::Cognito::LogDeliveryConfiguration": logs,
  "AWS::Cognito::UserPoolDomain": "the hosted sign-in page is not run",
  "AWS::Cognito::UserPoolRiskConfigurationAttachment": observation,
  "AWS::EC2::EIP": network,
  "AWS::EC2::FlowLog": network,
  "AWS::EC2::InternetGateway": network,
  "AWS::EC2::NatGateway": network,
  "AWS::EC2::NetworkAcl": network,
  "AWS::EC2::NetworkAclEntry": network,
  "AWS::EC2::Route": network,
  "AWS::EC2::RouteTable": network,
  "AWS::EC2::SecurityGroup": network,
  "AWS::EC2::SecurityGroupEgress": network,
  "AWS::EC2::SecurityGroupIngress": network,
  "AWS::EC2::Subnet": network,
  "AWS::EC2::SubnetNetworkAclAssociation": network,
  "AWS::EC2::SubnetRouteTableAssociation": network,
  "AWS::EC2::VPC": network,
  "AWS::EC2::VPCEndpoint": network,
  "AWS::EC2::VPCGatewayAttachment": network,
  "AWS::ECS::ClusterCapacityProviderAssociations": network,
  "AWS::IAM::ServiceLinkedRole": "there is one account",
  "AWS::KMS::Alias": encryption,
  "AWS::KMS::Key": encryption,
  "AWS::Logs::LogGroup": logs,
  "AWS::Logs::MetricFilter": observation,
  "AWS::Logs::ResourcePolicy": logs,
  "AWS::Route53::RecordSet": edge,
  "AWS::SNS::Subscription": "messages stay in the outbox folder",
  "AWS::SNS::TopicPolicy": "there is one account",
  "AWS::SQS::QueuePolicy": "there is one account",
  "AWS::SSM::Parameter": "only deployments read it",
  "AWS::WAFv2::WebACL": edge,
  "AWS::WAFv2::WebACLAssociation": edge,
  "AWS::XRay::Group": tracing,
  "Custom::LogRetention": logs,
  "Custom::S3AutoDeleteObjects": "the local stack never deletes a bucket",
  "Custom::VpcRestrictDefaultSG": network,
};

export function resourceType(type: string): Handled | CheckedElsewhere | Inert | undefined {
  const reason = inert[type];
  return handled[type] ?? checkedElsewhere[type] ?? (reason === undefined ? undefined : { inert: reason });
}
