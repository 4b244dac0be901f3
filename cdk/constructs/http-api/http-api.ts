import { type Operation, operations } from "@systemhealer/contract/operations";
import { Duration } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  HttpApi as GatewayHttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  type IHttpApi,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpJwtAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import type { AlertTopic } from "../alerts/alert-topic.ts";
import { HouseLogGroup } from "../logs/house-log-group.ts";
import type { MemberPool } from "../member-pool/member-pool.ts";
import { stageOf } from "../stage/stage-scope.ts";
import type { ApiAddress } from "./api-address.ts";

export interface HttpApiProps {
  readonly address: ApiAddress;
  /** Which function answers an operation, by the operation's `target`. */
  readonly targets: Readonly<Record<Operation["target"], LambdaFunction>>;
  readonly members: MemberPool;
  readonly alerts: AlertTopic;
}

const methods = {
  GET: HttpMethod.GET,
  POST: HttpMethod.POST,
  PATCH: HttpMethod.PATCH,
  DELETE: HttpMethod.DELETE,
} as const;

const accessLogFields = {
  requestId: "$context.requestId",
  time: "$context.requestTimeEpoch",
  ip: "$context.identity.sourceIp",
  user: "$context.authorizer.claims.sub",
  route: "$context.routeKey",
  status: "$context.status",
  bytes: "$context.responseLength",
  milliseconds: "$context.responseLatency",
  error: "$context.error.message",
};

/** One route for each operation of the contract; all but those open to everyone ask for a token of the user pool. */
export class HttpApi extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    super(scope, id);
    const { config } = stageOf(this);
    const api = GatewayHttpApi.fromHttpApiAttributes(this, "Api", {
      httpApiId: props.address.apiId,
      apiEndpoint: props.address.endpoint,
    });
    this.#addRoutes(api, props);
    const stage = new HttpStage(this, "Stage", {
      httpApi: api,
      autoDeploy: true,
      throttle: { rateLimit: config.api.requestsPerSecond, burstLimit: config.api.burst },
      detailedMetricsEnabled: true,
      accessLogSettings: {
        destination: new LogGroupLogDestination(new HouseLogGroup(this, "AccessLogs")),
        format: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
      },
    });
    this.url = stage.url;
    props.alerts.alarmOnAny(
      this,
      "ServerErrors",
      new Metric({
        namespace: "AWS/ApiGateway",
        metricName: "5xx",
        dimensionsMap: { ApiId: api.apiId },
        statistic: "Sum",
        period: Duration.minutes(5),
      }),
      "The API answers with a server error",
    );
  }

  #addRoutes(api: IHttpApi, { targets, members }: HttpApiProps): void {
    const signedIn = new HttpJwtAuthorizer("Member", members.pool.userPoolProviderUrl, {
      jwtAudience: [members.client.userPoolClientId],
    });
    const anyone = new HttpNoneAuthorizer();
    // One leave for all routes: one for each would outgrow the function's policy.
    const integrate = (name: string, target: LambdaFunction) =>
      new HttpLambdaIntegration(name, target, { scopePermissionToRoute: false, timeout: Duration.seconds(29) });
    const integrations = {
      api: integrate("Operations", targets.api),
      inference: integrate("Inference", targets.inference),
      import: integrate("Import", targets.import),
    };
    for (const operation of Object.values<Operation>(operations)) {
      const method = methods[operation.method];
      new HttpRoute(this, `${method}${operation.path.replaceAll("/", "--")}`, {
        httpApi: api,
        routeKey: HttpRouteKey.with(operation.path, method),
        integration: integrations[operation.target],
        authorizer: operation.role === null ? anyone : signedIn,
      });
    }
  }
}
