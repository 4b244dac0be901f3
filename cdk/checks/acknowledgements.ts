/** A finding of the checks that is as it should be, where it is found, and why. */
export interface Acknowledgement {
  /** The rule, with the finding in brackets where a rule has several; compared as a whole. */
  readonly rule: RegExp;
  /** Of the construct, without its stack. */
  readonly path: RegExp;
  readonly reason: string;
}

const rule = (id: string) => new RegExp(`^AwsSolutions-${id}$`);
const wildcard = (resource: string) => new RegExp(`^AwsSolutions-IAM5\\[Resource::${resource}\\]$`);

/** Every rule that we do not follow. One that no longer finds anything is a fault, too: a test says so. */
export const acknowledgements: readonly Acknowledgement[] = [
  {
    rule: rule("L1"),
    path: /\/Function\/Resource$/,
    reason:
      "The runtime is that of the repository's Node (22), which the tests run on and which is maintained until 2027.",
  },
  {
    rule: wildcard("\\*"),
    path: /\/Role\/DefaultPolicy\/Resource$/,
    reason:
      "Actions that know no narrower resource: X-Ray's segments (functions and state machines), delivery of a state machine's logs, and, for the training machine, describing and stopping the tasks it started.",
  },
  {
    rule: wildcard("\\*"),
    path: /^Trainer\/Task\/ExecutionRole\/DefaultPolicy\/Resource$/,
    reason: "The token for the image registry is one for the whole account; the images themselves are named.",
  },
  {
    rule: wildcard(".*/(uploads|drops|datasets|runs|shards|imports)/\\*"),
    path: /\/(Role|TaskRole)\/DefaultPolicy\/Resource$/,
    reason: "One area of the data bucket: keys hold the ids of workspaces and records, which come and go.",
  },
  {
    rule: wildcard(".*/runs/\\*/model\\.onnx"),
    path: /^Trainer\/Task\/TaskRole\/DefaultPolicy\/Resource$/,
    reason:
      "The models' files of all runs, one of which an adaptation starts from; nothing else that runs left behind.",
  },
  {
    rule: wildcard("<[A-Za-z0-9]+Function[0-9A-F]{8}\\.Arn>:\\*"),
    path: /\/Machine\/Role\/DefaultPolicy\/Resource$/,
    reason: "The versions of one named function.",
  },
  {
    rule: wildcard("arn:<AWS::Partition>:states:.*:execution:.*:\\*"),
    path: /\/Role\/DefaultPolicy\/Resource$/,
    reason: "The executions of one named state machine: their names are the ids of runs and data sets.",
  },
  {
    rule: wildcard("arn:<AWS::Partition>:states:.*:execution:.*:\\*"),
    path: /^Diagnosis\/Machine\/DistributedMapPolicy\/Resource$/,
    reason: "The diagnosis machine's own child executions, one for each shard.",
  },
  {
    rule: rule("SQS3"),
    path: /\/Failed\/Resource$/,
    reason:
      "It is a dead-letter queue itself, of an EventBridge target and a function; the rule knows those of queues only.",
  },
  {
    rule: rule("ECS2"),
    path: /^Trainer\/Task\/Resource$/,
    reason: "Names of the table and the bucket, limits and a duration: nothing secret.",
  },
  {
    rule: rule("APIG4"),
    path: /^Http\/GET--v1--(openapi\.json|config)\/Resource$/,
    reason: "Open to everyone by the contract: the API's description and how to sign in hold nothing of anybody's.",
  },
  {
    rule: rule("CFR1"),
    path: /^Portal\/Distribution\/Resource$/,
    reason: "The pages may be opened anywhere: what is behind them asks for a sign-in.",
  },
  {
    rule: rule("CFR2"),
    path: /^Portal\/Distribution\/Resource$/,
    reason:
      "The pages are static and the API is throttled; a firewall is charged by month and rule, and an account adds its own.",
  },
  {
    rule: rule("CFR4"),
    path: /^Portal\/Distribution\/Resource$/,
    reason:
      "CloudFront's own name allows no choice of TLS versions; with a domain of one's own it is TLS 1.2 or later.",
  },
  {
    rule: rule("L1"),
    path: /^Custom::CDKBucketDeployment[0-9A-F]+512MiB\/Resource$/,
    reason: "The CDK chooses the runtime of its own function, which runs only while a deployment does.",
  },
  {
    rule: wildcard(".*(cdk-[a-z0-9]+-assets-.*/\\*\\.zip|PortalBucket.*/\\*)"),
    path: /^Files\/Role\/DefaultPolicy\/Resource$/,
    reason: "The portal's files: what the deployment has brought, and the bucket that holds nothing else.",
  },
  {
    rule: rule("COG2"),
    path: /^Members\/Pool\/Resource$/,
    reason: "A second factor is offered to every user and not forced on those who try the product.",
  },
  {
    rule: rule("COG8"),
    path: /^Members\/Pool\/Resource$/,
    reason: "Threat protection is charged by active user: on in prod, off where developers work.",
  },
];

export function isAcknowledged(ruleName: string, constructPath: string, by: Acknowledgement): boolean {
  const pathInStack = constructPath.slice(constructPath.indexOf("/") + 1);
  return by.rule.test(ruleName) && by.path.test(pathInStack);
}
