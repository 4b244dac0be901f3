import { Duration } from "aws-cdk-lib";
import { CorsHttpMethod, HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import { Construct } from "constructs";
import { stageOf } from "../stage/stage-scope.ts";

/**
 * The HTTP API without its routes, which need functions, which need all else. The portal calls it through its own
 * origin; pages of other origins only where the stage names them.
 */
export class ApiAddress extends Construct {
  readonly apiId: string;
  readonly endpoint: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const { portalOrigins } = stageOf(this).config;
    const api = new HttpApi(this, "Api", {
      description: "SystemHealer",
      createDefaultStage: false,
      ...(portalOrigins.length > 0 && {
        corsPreflight: {
          allowOrigins: [...portalOrigins],
          allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST, CorsHttpMethod.PATCH, CorsHttpMethod.DELETE],
          allowHeaders: ["authorization", "content-type", "accept-language"],
          exposeHeaders: ["retry-after"],
          maxAge: Duration.hours(1),
        },
      }),
    });
    this.apiId = api.apiId;
    this.endpoint = api.apiEndpoint;
  }
}
