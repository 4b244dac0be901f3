import type { IncomingHttpHeaders } from "node:http";
import type { CorsConfiguration } from "./http-api.ts";
import type { GatewayResponse } from "./response.ts";

/** Headers that let a browser's page of an allowed origin read a response; none for any other. */
export function corsHeaders(cors: CorsConfiguration | undefined, origin: string | undefined): Record<string, string> {
  if (!cors || origin === undefined || !allowsOrigin(cors, origin)) return {};
  const any = cors.allowOrigins.includes("*") && !cors.allowCredentials;
  return {
    "access-control-allow-origin": any ? "*" : origin,
    ...(any ? {} : { vary: "Origin" }),
    ...(cors.allowCredentials ? { "access-control-allow-credentials": "true" } : {}),
    ...(cors.exposeHeaders.length > 0 ? { "access-control-expose-headers": cors.exposeHeaders.join(",") } : {}),
  };
}

/** The answer to a browser's preflight request: always 204, without CORS headers where it is refused. */
export function preflight(cors: CorsConfiguration, headers: IncomingHttpHeaders): GatewayResponse {
  const { origin } = headers;
  const method = headers["access-control-request-method"] ?? "";
  const asked = (headers["access-control-request-headers"] ?? "").split(/\s*,\s*/).filter(Boolean);
  const allowed =
    origin !== undefined &&
    allowsOrigin(cors, origin) &&
    (cors.allowMethods.includes("*") || cors.allowMethods.includes(method)) &&
    asked.every((header) => allowsHeader(cors, header));
  if (!allowed) return { status: 204, headers: {}, body: Buffer.alloc(0) };
  return {
    status: 204,
    headers: {
      ...corsHeaders(cors, origin),
      "access-control-allow-methods": cors.allowMethods.join(","),
      ...(asked.length > 0 ? { "access-control-allow-headers": asked.join(",") } : {}),
      ...(cors.maxAgeSeconds === undefined ? {} : { "access-control-max-age": String(cors.maxAgeSeconds) }),
    },
    body: Buffer.alloc(0),
  };
}

export function isPreflight(method: string, headers: IncomingHttpHeaders): boolean {
  return method === "OPTIONS" && headers.origin !== undefined && "access-control-request-method" in headers;
}

function allowsOrigin(cors: CorsConfiguration, origin: string): boolean {
  return cors.allowOrigins.some((allowed) => {
    if (allowed === "*" || allowed === origin) return true;
    const scheme = /^(https?:\/\/)\*$/.exec(allowed)?.[1];
    return scheme !== undefined && origin.startsWith(scheme);
  });
}

function allowsHeader(cors: CorsConfiguration, header: string): boolean {
  return cors.allowHeaders.some((allowed) => allowed === "*" || allowed.toLowerCase() === header.toLowerCase());
}
