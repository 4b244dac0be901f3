import { join } from "node:path";
import type { EnvironmentVariables, trainerTaskEnvironment } from "@systemhealer/platform/environment";
import { Duration } from "aws-cdk-lib";
import {
  FlowLogDestination,
  GatewayVpcEndpointAwsService,
  IpAddresses,
  type ISecurityGroup,
  Peer,
  Port,
  SecurityGroup,
  type SubnetSelection,
  SubnetType,
  Vpc,
} from "aws-cdk-lib/aws-ec2";
import { Platform } from "aws-cdk-lib/aws-ecr-assets";
import {
  Capability,
  Cluster,
  type ContainerDefinition,
  ContainerImage,
  ContainerInsights,
  CpuArchitecture,
  FargateTaskDefinition,
  LinuxParameters,
  LogDrivers,
  OperatingSystemFamily,
} from "aws-cdk-lib/aws-ecs";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import { trainerFolder } from "../../bundle/entries.ts";
import type { Access } from "../access/access.ts";
import { HouseLogGroup } from "../logs/house-log-group.ts";
import { stageOf } from "../stage/stage-scope.ts";

export interface TrainerTaskProps {
  /** What it may use; must set each variable that the task definition owes the process. */
  readonly access: Access<EnvironmentVariables<typeof trainerTaskEnvironment>>;
}

/**
 * The Fargate task that trains one model, and the network it runs in: public subnets without a NAT gateway, nothing may
 * connect in, S3 and DynamoDB are reached through gateway endpoints.
 */
export class TrainerTask extends Construct {
  readonly cluster: Cluster;
  readonly definition: FargateTaskDefinition;
  readonly container: ContainerDefinition;
  readonly securityGroup: ISecurityGroup;
  readonly subnets: SubnetSelection = { subnetType: SubnetType.PUBLIC };

  constructor(scope: Construct, id: string, props: TrainerTaskProps) {
    super(scope, id);
    const { config, repository } = stageOf(this);
    const vpc = this.#network();
    this.securityGroup = new SecurityGroup(this, "SecurityGroup", {
      vpc,
      description: "Trainer: no connection in, HTTPS out",
      allowAllOutbound: false,
    });
    (this.securityGroup as SecurityGroup).addEgressRule(Peer.anyIpv4(), Port.tcp(443), "AWS services by HTTPS");

    this.cluster = new Cluster(this, "Cluster", { vpc, containerInsightsV2: ContainerInsights.ENABLED });
    this.definition = new FargateTaskDefinition(this, "Task", {
      cpu: config.training.cpu,
      memoryLimitMiB: config.training.memoryMiB,
      runtimePlatform: {
        cpuArchitecture: CpuArchitecture.ARM64,
        operatingSystemFamily: OperatingSystemFamily.LINUX,
      },
      volumes: [{ name: "scratch" }],
    });
    for (const statement of props.access.statements)
      this.definition.addToTaskRolePolicy(new PolicyStatement(statement));

    const linuxParameters = new LinuxParameters(this, "Linux", { initProcessEnabled: true });
    linuxParameters.dropCapabilities(Capability.ALL);
    this.container = this.definition.addContainer("trainer", {
      image: ContainerImage.fromAsset(join(repository, trainerFolder), { platform: Platform.LINUX_ARM64 }),
      command: ["node", "main.mjs"],
      user: "1000:1000",
      readonlyRootFilesystem: true,
      linuxParameters,
      environment: { ...props.access.variables },
      logging: LogDrivers.awsLogs({ logGroup: new HouseLogGroup(this, "Logs"), streamPrefix: "trainer" }),
      // Time to write the last word to the run after a stop.
      stopTimeout: Duration.seconds(30),
    });
    this.container.addMountPoints({ sourceVolume: "scratch", containerPath: "/tmp", readOnly: false });
  }

  #network(): Vpc {
    const vpc = new Vpc(this, "Network", {
      ipAddresses: IpAddresses.cidr("10.40.0.0/20"),
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: "trainer", subnetType: SubnetType.PUBLIC, cidrMask: 24 }],
      // Emptying the default group would deploy a function; nothing of ours uses that group.
      restrictDefaultSecurityGroup: false,
      gatewayEndpoints: {
        S3: { service: GatewayVpcEndpointAwsService.S3 },
        DynamoDb: { service: GatewayVpcEndpointAwsService.DYNAMODB },
      },
    });
    vpc.addFlowLog("FlowLog", {
      destination: FlowLogDestination.toCloudWatchLogs(new HouseLogGroup(this, "FlowLogs")),
    });
    return vpc;
  }
}
