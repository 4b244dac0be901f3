import type { CorsConfiguration, HttpApiDefinition, JwtAuthorizer, Route } from "../gateway/http-api.ts";
import type { Application } from "../template/application.ts";
import { type JsonObject, numberOf, objectOf, stringsOf, textOf } from "../template/json.ts";
import { account, region } from "../template/physical-names.ts";
import type { Resource } from "../template/resource.ts";
import { UnsupportedTemplateError } from "../template/unsupported-template-error.ts";
import type { Functions } from "./functions.ts";
import { mayInvoke } from "./invocation-grants.ts";
import { nameOf } from "./surroundings.ts";

const longestIntegration = 30_000;

/**
 * The template's HTTP API; undefined where it has none.
 *
 * @throws UnsupportedTemplateError for what the gateway would not honour.
 */
export function httpApi(application: Application, functions: Functions): HttpApiDefinition | undefined {
  const [api, ...others] = application.ofType("AWS::ApiGatewayV2::Api");
  if (!api) return undefined;
  const problems = others.map((other) => `${nameOf(other)}: here there is one HTTP API`);
  const routes: Route[] = [];
  for (const resource of application.ofType("AWS::ApiGatewayV2::Route")) {
    try {
      routes.push(routeOf(resource, api, application, functions));
    } catch (error) {
      if (error instanceof UnsupportedTemplateError) problems.push(...error.problems);
      else problems.push(`${nameOf(resource)}: ${(error as Error).message}`);
    }
  }
  const [stage] = application.ofType("AWS::ApiGatewayV2::Stage");
  if (!stage) problems.push(`${nameOf(api)}: it has no stage`);
  if (problems.length > 0) throw new UnsupportedTemplateError(problems);
  const settings = objectOf(stage!.properties.DefaultRouteSettings);
  const [rate, burst] = [numberOf(settings.ThrottlingRateLimit), numberOf(settings.ThrottlingBurstLimit)];
  const cors = api.properties.CorsConfiguration;
  return {
    apiId: api.ref,
    routes,
    ...(cors === undefined ? {} : { cors: corsOf(objectOf(cors)) }),
    ...(rate === undefined || burst === undefined ? {} : { throttle: { ratePerSecond: rate, burst } }),
  };
}

function routeOf(resource: Resource, api: Resource, application: Application, functions: Functions): Route {
  const { RouteKey, Target, AuthorizationType, AuthorizerId, AuthorizationScopes } = resource.properties;
  const key = textOf(RouteKey) ?? "";
  const integration = application
    .ofType("AWS::ApiGatewayV2::Integration")
    .find(({ ref }) => textOf(Target) === `integrations/${ref}`);
  if (!integration) throw new Error(`there is no ${textOf(Target)}`);
  const uri = textOf(integration.properties.IntegrationUri) ?? "";
  const { config } = functions.get(/arn:[^/]*:function:[^/]+/.exec(uri)?.[0] ?? uri, integration);
  const source = `arn:aws:execute-api:${region}:${account}:${api.ref}/$default/${sourcePath(key)}`;
  if (!mayInvoke(application, config.arn, "apigateway.amazonaws.com", source)) {
    throw new Error(`no AWS::Lambda::Permission lets it invoke ${config.name}`);
  }
  const authorizer =
    textOf(AuthorizationType) === "JWT"
      ? application.ofType("AWS::ApiGatewayV2::Authorizer").find(({ ref }) => ref === AuthorizerId)
      : undefined;
  if (textOf(AuthorizationType) === "JWT" && !authorizer) throw new Error(`there is no authorizer ${AuthorizerId}`);
  return {
    key,
    functionName: config.name,
    timeoutMilliseconds: numberOf(integration.properties.TimeoutInMillis) ?? longestIntegration,
    ...(authorizer ? { authorizer: authorizerOf(authorizer, stringsOf(AuthorizationScopes)) } : {}),
  };
}

function sourcePath(routeKey: string): string {
  return routeKey === "$default" ? "$default" : routeKey.replace(" ", "");
}

function authorizerOf({ properties }: Resource, scopes: readonly string[]): JwtAuthorizer {
  const [source, ...more] = stringsOf(properties.IdentitySource);
  if (source?.toLowerCase() !== "$request.header.authorization" || more.length > 0) {
    throw new Error(`an identity source other than the header Authorization is not honoured here`);
  }
  const { Audience, Issuer } = objectOf(properties.JwtConfiguration);
  return { issuer: textOf(Issuer) ?? "", audience: stringsOf(Audience), scopes };
}

function corsOf(cors: JsonObject): CorsConfiguration {
  const maxAge = numberOf(cors.MaxAge);
  return {
    allowOrigins: stringsOf(cors.AllowOrigins),
    allowMethods: stringsOf(cors.AllowMethods),
    allowHeaders: stringsOf(cors.AllowHeaders),
    exposeHeaders: stringsOf(cors.ExposeHeaders),
    ...(maxAge === undefined ? {} : { maxAgeSeconds: maxAge }),
    allowCredentials: String(cors.AllowCredentials) === "true",
  };
}
