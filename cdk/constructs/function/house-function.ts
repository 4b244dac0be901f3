import { join } from "node:path";
import type { FunctionName, FunctionVariables } from "@systemhealer/platform/environment";
import { Duration } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  Architecture,
  Code,
  type ILayerVersion,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from "aws-cdk-lib/aws-lambda";
import { SqsDestination } from "aws-cdk-lib/aws-lambda-destinations";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { functionFolder } from "../../bundle/entries.ts";
import type { Access } from "../access/access.ts";
import { HouseLogGroup } from "../logs/house-log-group.ts";
import { stageOf } from "../stage/stage-scope.ts";

export interface HouseFunctionProps<N extends FunctionName> {
  /** The entry file, as `packages/platform/src/environment.ts` names it. */
  readonly entry: N;
  readonly description: string;
  /** What it may use; must set each variable that the entry file asks for. */
  readonly access: Access<FunctionVariables<N>>;
  readonly timeout: Duration;
  /** @default 256 */
  readonly memoryMiB?: number;
  /** @default none */
  readonly layers?: readonly ILayerVersion[];
  /** @default the account's pool */
  readonly reservedConcurrency?: number | undefined;
  /** For functions that events invoke: where an event goes that failed three times. @default the caller sees the error */
  readonly failedEvents?: IQueue;
}

/** A Lambda function as all of ours are: arm64, an ES module bundle, JSON logs with a retention, traced, a role of its own. */
export class HouseFunction<N extends FunctionName = FunctionName> extends Construct {
  readonly function: LambdaFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: HouseFunctionProps<N>) {
    super(scope, id);
    const { repository } = stageOf(this);
    const logGroup = new HouseLogGroup(this, "Logs");
    this.role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
      description: `Of the function ${props.entry}`,
    });
    logGroup.grantWrite(this.role);
    for (const statement of props.access.statements) this.role.addToPolicy(new PolicyStatement(statement));

    this.function = new LambdaFunction(this, "Function", {
      description: props.description,
      runtime: Runtime.NODEJS_22_X,
      architecture: Architecture.ARM_64,
      handler: "index.handler",
      code: Code.fromAsset(join(repository, functionFolder(props.entry))),
      layers: [...(props.layers ?? [])],
      role: this.role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
      timeout: props.timeout,
      memorySize: props.memoryMiB ?? 256,
      reservedConcurrentExecutions: props.reservedConcurrency,
      environment: { NODE_OPTIONS: "--enable-source-maps", ...props.access.variables },
      ...(props.failedEvents && {
        onFailure: new SqsDestination(props.failedEvents),
        retryAttempts: 2,
        maxEventAge: Duration.hours(6),
      }),
    });
  }
}
