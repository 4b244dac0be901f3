import { Match } from "aws-cdk-lib/assertions";
import { expect, test } from "vitest";
import { resourceOf, resourcesOf, synthesize } from "../synthesis.ts";

const { pipeline } = synthesize("prod");

test("objects under uploads/ and drops/ of the data bucket invoke a function, and what cannot be delivered is kept", () => {
  pipeline.hasResourceProperties("AWS::Events::Rule", {
    EventPattern: {
      source: ["aws.s3"],
      "detail-type": ["Object Created"],
      detail: {
        bucket: { name: [Match.anyValue()] },
        object: { key: [{ prefix: "uploads/" }, { prefix: "drops/" }] },
      },
    },
    Targets: [
      Match.objectLike({
        Arn: { "Fn::GetAtt": [Match.stringLikeRegexp("ObjectCreated"), "Arn"] },
        DeadLetterConfig: { Arn: { "Fn::GetAtt": [Match.stringLikeRegexp("ArrivalsFailed"), "Arn"] } },
        RetryPolicy: { MaximumRetryAttempts: 20, MaximumEventAgeInSeconds: 21_600 },
      }),
    ],
  });
});

test("the sweeper runs each minute", () => {
  pipeline.hasResourceProperties("AWS::Events::Rule", {
    ScheduleExpression: "rate(1 minute)",
    Targets: [Match.objectLike({ Arn: { "Fn::GetAtt": [Match.stringLikeRegexp("Sweep"), "Arn"] } })],
  });
});

test("functions that events invoke keep the events that failed", () => {
  const configured = resourcesOf([pipeline], "AWS::Lambda::EventInvokeConfig");
  expect(configured).toHaveLength(2);
  for (const [, { Properties }] of configured) {
    expect(Properties.DestinationConfig.OnFailure.Destination["Fn::GetAtt"][0]).toMatch(/Failed/);
  }
});

test("there is an alarm on every dead-letter queue and every state machine, and each tells the topic", () => {
  const alarms = resourcesOf([pipeline], "AWS::CloudWatch::Alarm").map(([, { Properties }]) => Properties);
  const watched = JSON.stringify(alarms.map(({ Dimensions }) => Dimensions));
  for (const type of ["AWS::SQS::Queue", "AWS::StepFunctions::StateMachine"]) {
    for (const [id] of resourcesOf([pipeline], type)) expect(watched).toContain(`"${id}"`);
  }
  for (const { AlarmActions } of alarms) {
    expect(AlarmActions).toEqual([{ Ref: expect.stringMatching(/^AlertsTopic/) }]);
  }
});

test("queues and the topic are encrypted and refuse what does not come by TLS", () => {
  for (const [, { Properties }] of resourcesOf([pipeline], "AWS::SQS::Queue")) {
    expect(Properties.SqsManagedSseEnabled).toBe(true);
  }
  expect(resourceOf(pipeline, "AWS::SNS::Topic").Properties.KmsMasterKeyId).toBeDefined();
  const insecure = { Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } };
  pipeline.resourcePropertiesCountIs(
    "AWS::SQS::QueuePolicy",
    { PolicyDocument: { Statement: Match.arrayWith([Match.objectLike(insecure)]) } },
    2,
  );
  pipeline.hasResourceProperties("AWS::SNS::TopicPolicy", {
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike(insecure)]) },
  });
});

test("an administrator's address gets the alarms, and a budget if one is set", () => {
  pipeline.resourceCountIs("AWS::SNS::Subscription", 0);
  const told = synthesize("dev", { alertEmail: "ops@example.com", monthlyBudgetUsd: "50" }).pipeline;
  told.hasResourceProperties("AWS::SNS::Subscription", { Protocol: "email", Endpoint: "ops@example.com" });
  told.hasResourceProperties("AWS::Budgets::Budget", { Budget: { BudgetLimit: { Amount: 50, Unit: "USD" } } });
});

test("the trainer runs as an ordinary user on a read-only file system, and its command is in the template", () => {
  const { ContainerDefinitions, RuntimePlatform } = resourceOf(pipeline, "AWS::ECS::TaskDefinition").Properties;
  expect(RuntimePlatform).toEqual({ CpuArchitecture: "ARM64", OperatingSystemFamily: "LINUX" });
  expect(ContainerDefinitions).toHaveLength(1);
  expect(ContainerDefinitions[0]).toMatchObject({
    Name: "trainer",
    Command: ["node", "main.mjs"],
    User: "1000:1000",
    ReadonlyRootFilesystem: true,
    LinuxParameters: { Capabilities: { Drop: ["ALL"] }, InitProcessEnabled: true },
    MountPoints: [{ ContainerPath: "/tmp", ReadOnly: false, SourceVolume: "scratch" }],
  });
});

test("the trainer's network lets nothing in, has no NAT gateway, and reaches S3 and DynamoDB directly", () => {
  pipeline.resourceCountIs("AWS::EC2::NatGateway", 0);
  pipeline.resourceCountIs("AWS::EC2::VPCEndpoint", 2);
  pipeline.resourceCountIs("AWS::EC2::FlowLog", 1);
  const { SecurityGroupIngress, SecurityGroupEgress } = resourceOf(pipeline, "AWS::EC2::SecurityGroup").Properties;
  expect(SecurityGroupIngress).toBeUndefined();
  expect(SecurityGroupEgress).toEqual([expect.objectContaining({ FromPort: 443, ToPort: 443, IpProtocol: "tcp" })]);
});

test("it depends on no account: zones are asked for when it is deployed", () => {
  expect(JSON.stringify(pipeline.toJSON())).toContain('"Fn::GetAZs"');
});
