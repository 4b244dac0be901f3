import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { BodyTooLargeError, readBody } from "../aws/read-body.ts";
import type { FunctionPool } from "../lambda/function-pool.ts";
import { authorizeToken, type KeysOf, UnauthorizedError } from "./authorize-token.ts";
import { corsHeaders, isPreflight, preflight } from "./cors.ts";
import type { Distribution } from "./distribution.ts";
import type { HttpApiDefinition, Route } from "./http-api.ts";
import { matchRoute, type RouteMatch } from "./match-route.ts";
import { type GatewayRequest, requestEvent } from "./request-event.ts";
import { functionResponse, type GatewayResponse, gatewayMessage } from "./response.ts";
import { Throttle } from "./throttle.ts";

export interface GatewayOptions {
  readonly api: HttpApiDefinition;
  readonly functionOf: (name: string) => FunctionPool;
  readonly keysOf: KeysOf;
  /** What is in front of the API and serves all else: the portal and its settings. */
  readonly distribution?: Distribution | undefined;
}

const maxBodyBytes = 10 * 1024 * 1024;

/** The HTTP API, and before it the distribution that serves the portal. */
export function createGateway(options: GatewayOptions): RequestListener {
  const { throttle } = options.api;
  const bucket = throttle && new Throttle(throttle.ratePerSecond, throttle.burst);
  return async (request, response) => {
    try {
      const { method = "GET", headers } = request;
      const answer = await handle(options, bucket, request);
      const added = {
        ...options.distribution?.headersFor(pathOf(request)),
        ...(isPreflight(method, headers) ? {} : corsHeaders(options.api.cors, headers.origin)),
      };
      send(response, answer, added, method === "HEAD");
    } catch {
      if (!response.headersSent) send(response, gatewayMessage(500, "Internal Server Error"), {}, false);
      else response.destroy();
    }
  };
}

async function handle(
  options: GatewayOptions,
  bucket: Throttle | undefined,
  incoming: IncomingMessage,
): Promise<GatewayResponse> {
  const { api } = options;
  const [method, url] = [incoming.method ?? "GET", incoming.url ?? "/"];
  const path = pathOf(incoming);
  const page = options.distribution?.serve({ method, path });
  if (page) return page;
  if (api.cors && isPreflight(method, incoming.headers)) return preflight(api.cors, incoming.headers);
  const match = matchRoute(api.routes, method, path);
  if (!match) return gatewayMessage(404, "Not Found");
  if (bucket && !bucket.take()) return gatewayMessage(429, "Too Many Requests");

  let claims: Record<string, string> | undefined;
  try {
    claims =
      match.route.authorizer &&
      (await authorizeToken(incoming.headers.authorization, match.route.authorizer, options.keysOf));
  } catch (error) {
    if (!(error instanceof UnauthorizedError)) throw error;
    return { ...gatewayMessage(401, "Unauthorized"), headers: unauthorizedHeaders };
  }
  let body: Buffer;
  try {
    body = await readBody(incoming, maxBodyBytes);
  } catch (error) {
    if (error instanceof BodyTooLargeError) return tooLarge();
    throw error;
  }
  const sourceIp = incoming.socket.remoteAddress ?? "127.0.0.1";
  return integrate(options, match, { method, url, headers: incoming.headers, body, sourceIp }, claims);
}

/** The rest of the body is not read, so that the connection can serve no further request. */
function tooLarge(): GatewayResponse {
  const answer = gatewayMessage(413, "Request Entity Too Large");
  return { ...answer, headers: { ...answer.headers, connection: "close" } };
}

function pathOf({ url = "/" }: IncomingMessage): string {
  return url.split("?", 1)[0]!;
}

const unauthorizedHeaders = { "content-type": "application/json", "www-authenticate": "Bearer" };

async function integrate(
  { api, functionOf }: GatewayOptions,
  match: RouteMatch,
  request: GatewayRequest,
  claims: Record<string, string> | undefined,
): Promise<GatewayResponse> {
  const event = requestEvent(request, match, api.apiId, claims);
  const invocation = functionOf(match.route.functionName).invoke(JSON.stringify(event));
  const result = await withinTimeout(match.route, invocation).catch((error: Error) => {
    if (error.name === "RequestTooLargeException") return gatewayMessage(413, "Request Entity Too Large");
    return gatewayMessage(503, "Service Unavailable");
  });
  if ("status" in result) return result;
  if (result.functionError) return gatewayMessage(500, "Internal Server Error");
  return functionResponse(result.payload);
}

async function withinTimeout<T>(route: Route, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("integration timed out")), route.timeoutMilliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function send(
  response: ServerResponse,
  answer: GatewayResponse,
  extra: Readonly<Record<string, string>>,
  headOnly: boolean,
): void {
  response.writeHead(answer.status, {
    ...(answer.status === 204 ? {} : { "content-length": answer.body.length }),
    ...(answer.headers as Record<string, string | string[]>),
    ...extra,
  });
  response.end(headOnly ? undefined : answer.body);
}
