import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { JsonObject } from "../template/json.ts";
import { account, region } from "../template/physical-names.ts";
import type { RouteMatch } from "./match-route.ts";

export interface GatewayRequest {
  readonly method: string;
  /** Path and query as they came. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly sourceIp: string;
}

/** The event of payload format 2.0 that an HTTP API hands to a function. */
export function requestEvent(
  request: GatewayRequest,
  { route, pathParameters }: RouteMatch,
  apiId: string,
  claims: Readonly<Record<string, string>> | undefined,
): JsonObject {
  const [rawPath = "/", rawQueryString = ""] = splitOnce(request.url, "?");
  const { cookie, ...others } = request.headers;
  const headers: JsonObject = {};
  for (const [name, value] of Object.entries(others)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(",") : value;
  }
  const query = queryParameters(rawQueryString);
  const now = new Date();
  const textual = isText(request.headers["content-type"]) && !request.headers["content-encoding"];
  return {
    version: "2.0",
    routeKey: route.key,
    rawPath,
    rawQueryString,
    ...(cookie === undefined ? {} : { cookies: cookie.split(/; */) }),
    headers,
    ...(Object.keys(query).length > 0 ? { queryStringParameters: query } : {}),
    ...(Object.keys(pathParameters).length > 0 ? { pathParameters: { ...pathParameters } } : {}),
    requestContext: {
      accountId: account,
      apiId,
      ...(claims ? { authorizer: { jwt: { claims: { ...claims }, scopes: null } } } : {}),
      domainName: request.headers.host ?? `${apiId}.execute-api.${region}.amazonaws.com`,
      domainPrefix: apiId,
      http: {
        method: request.method,
        path: rawPath,
        protocol: "HTTP/1.1",
        sourceIp: request.sourceIp,
        userAgent: request.headers["user-agent"] ?? "",
      },
      requestId: randomUUID(),
      routeKey: route.key,
      stage: "$default",
      time: now.toUTCString(),
      timeEpoch: now.getTime(),
    },
    ...(request.body.length > 0 ? { body: request.body.toString(textual ? "utf8" : "base64") } : {}),
    isBase64Encoded: request.body.length > 0 && !textual,
  };
}

function queryParameters(rawQueryString: string): JsonObject {
  const parameters: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    parameters[name] = name in parameters ? `${parameters[name]},${value}` : value;
  }
  return parameters;
}

/** Bodies of these types reach the function as text, all others in base64. */
function isText(contentType: string | undefined): boolean {
  return (
    contentType === undefined ||
    /^(text\/|application\/(json|javascript|xml|x-www-form-urlencoded)|[^;]*\+(json|xml))/i.test(contentType)
  );
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
