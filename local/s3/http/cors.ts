import type { CorsRule } from "../bucket-definition.ts";
import { S3Error } from "../s3-error.ts";
import { emptyResponse, type S3Response } from "./s3-response.ts";

const vary = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method";

/** Headers that let a page of `origin` read the answer to a request of `method`; none where no rule allows it. */
export function corsHeaders(
  rules: readonly CorsRule[],
  origin: string | undefined,
  method: string,
): Record<string, string> {
  if (rules.length === 0 || origin === undefined) return {};
  const rule = rules.find((candidate) => allowsOrigin(candidate, origin) && candidate.allowedMethods.includes(method));
  return rule ? { ...originHeaders(rule, origin), vary } : { vary };
}

/** Answers a preflight request. Throws `S3Error` AccessForbidden where no rule allows what it asks for. */
export function preflight(
  rules: readonly CorsRule[],
  request: {
    readonly origin: string | undefined;
    readonly method: string | undefined;
    readonly headers: string | undefined;
  },
): S3Response {
  const { origin, method } = request;
  const headers = (request.headers ?? "")
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");
  const rule =
    origin === undefined || method === undefined
      ? undefined
      : rules.find(
          (candidate) =>
            allowsOrigin(candidate, origin) &&
            candidate.allowedMethods.includes(method) &&
            headers.every((name) =>
              candidate.allowedHeaders.some((allowed) => likeOneStar(allowed.toLowerCase(), name)),
            ),
        );
  if (!rule || origin === undefined) {
    throw new S3Error("AccessForbidden", "CORSResponse: This CORS request is not allowed.", { headers: { vary } });
  }
  return emptyResponse(200, {
    ...originHeaders(rule, origin),
    ...(headers.length > 0 ? { "access-control-allow-headers": headers.join(", ") } : {}),
    ...(rule.maxAgeSeconds === undefined ? {} : { "access-control-max-age": String(rule.maxAgeSeconds) }),
    vary,
  });
}

function originHeaders(rule: CorsRule, origin: string): Record<string, string> {
  const any = rule.allowedOrigins.includes("*");
  return {
    "access-control-allow-origin": any ? "*" : origin,
    "access-control-allow-methods": rule.allowedMethods.join(", "),
    ...(any ? {} : { "access-control-allow-credentials": "true" }),
    ...(rule.exposedHeaders.length > 0 ? { "access-control-expose-headers": rule.exposedHeaders.join(", ") } : {}),
  };
}

function allowsOrigin(rule: CorsRule, origin: string): boolean {
  return rule.allowedOrigins.some((allowed) => likeOneStar(allowed, origin));
}

function likeOneStar(pattern: string, text: string): boolean {
  const star = pattern.indexOf("*");
  if (star < 0) return pattern === text;
  const before = pattern.slice(0, star);
  const after = pattern.slice(star + 1);
  return text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after);
}
