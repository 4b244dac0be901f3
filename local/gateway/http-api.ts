/** The HTTP API as the template defines it. */
export interface HttpApiDefinition {
  readonly apiId: string;
  readonly routes: readonly Route[];
  readonly cors?: CorsConfiguration;
  /** Requests a second and at once, over all routes. */
  readonly throttle?: { readonly ratePerSecond: number; readonly burst: number };
}

export interface Route {
  /** `GET /v1/runs/{runId}`, `ANY /…`, or `$default`. */
  readonly key: string;
  readonly functionName: string;
  readonly timeoutMilliseconds: number;
  readonly authorizer?: JwtAuthorizer;
}

export interface JwtAuthorizer {
  readonly issuer: string;
  readonly audience: readonly string[];
  /** Scopes of which the token must have one; none are asked for where it is empty. */
  readonly scopes: readonly string[];
}

export interface CorsConfiguration {
  readonly allowOrigins: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly maxAgeSeconds?: number;
  readonly allowCredentials: boolean;
}
