import { type Operation, operations } from "@systemhealer/contract/operations";
import { expect, test } from "vitest";
import { resourceOf, resourcesOf, synthesize } from "../synthesis.ts";

const { api } = synthesize("prod");
const routes = new Map(
  resourcesOf([api], "AWS::ApiGatewayV2::Route").map(([, { Properties }]) => [
    Properties.RouteKey as string,
    Properties,
  ]),
);

/** Logical id of the function that a route's integration calls. */
function functionBehind(route: { Target: { "Fn::Join": [string, [string, { Ref: string }]] } }): string {
  const integrationId = route.Target["Fn::Join"][1][1].Ref;
  const integration = resourcesOf([api], "AWS::ApiGatewayV2::Integration").find(([id]) => id === integrationId)![1];
  expect(integration.Properties.PayloadFormatVersion).toBe("2.0");
  return integration.Properties.IntegrationUri["Fn::GetAtt"][0];
}

const functionOf = { api: /^Operations/, inference: /^Inference/, import: /^Import/ } as const;

test.each(Object.entries<Operation>(operations))(
  "%s has a route to its function behind its authorizer",
  (_, operation) => {
    const route = routes.get(`${operation.method} ${operation.path}`);
    expect(route).toBeDefined();
    expect(functionBehind(route)).toMatch(functionOf[operation.target]);
    expect(route.AuthorizationType).toBe(operation.role === null ? "NONE" : "JWT");
    expect(route.AuthorizerId !== undefined).toBe(operation.role !== null);
  },
);

test("there is no route beside those of the contract", () => {
  expect(routes.size).toBe(Object.keys(operations).length);
});

test("tokens are those of the pool, for the client", () => {
  const { AuthorizerType, IdentitySource, JwtConfiguration } = resourceOf(
    api,
    "AWS::ApiGatewayV2::Authorizer",
  ).Properties;
  expect(AuthorizerType).toBe("JWT");
  expect(IdentitySource).toEqual(["$request.header.Authorization"]);
  expect(JSON.stringify(JwtConfiguration.Audience)).toMatch(/MembersClient/);
  expect(JSON.stringify(JwtConfiguration.Issuer)).toMatch(/MembersPool.*ProviderURL/);
});

test("beside the portal, pages of the stage's origins, and no others, may call it", () => {
  const cors = (stage: "dev" | "prod" | "local") =>
    resourceOf(synthesize(stage).edge, "AWS::ApiGatewayV2::Api").Properties.CorsConfiguration;
  expect(cors("prod")).toBeUndefined();
  expect(cors("dev").AllowOrigins).toEqual(["http://localhost:5173"]);
  expect(cors("local")).toMatchObject({
    AllowHeaders: ["authorization", "content-type", "accept-language"],
    AllowMethods: ["GET", "POST", "PATCH", "DELETE"],
  });
});

test("requests are throttled and logged", () => {
  api.hasResourceProperties("AWS::ApiGatewayV2::Stage", {
    StageName: "$default",
    DefaultRouteSettings: { ThrottlingBurstLimit: 1_000, ThrottlingRateLimit: 500 },
  });
  const { AccessLogSettings } = resourceOf(api, "AWS::ApiGatewayV2::Stage").Properties;
  expect(Object.keys(JSON.parse(AccessLogSettings.Format))).toContain("status");
});

test("an answer with a server error is told to the administrators", () => {
  const { MetricName, Dimensions, Threshold, EvaluationPeriods, AlarmActions } = resourceOf(
    api,
    "AWS::CloudWatch::Alarm",
  ).Properties;
  expect([MetricName, Dimensions[0].Name, Threshold, EvaluationPeriods]).toEqual(["5xx", "ApiId", 1, 1]);
  expect(JSON.stringify(AlarmActions)).toMatch(/AlertsTopic/);
});

test("its address is an output", () => {
  api.hasOutput("ApiUrl", {});
});
