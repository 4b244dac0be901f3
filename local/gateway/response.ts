import { isObject, type Json, listOf, objectOf } from "../template/json.ts";

export interface GatewayResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
}

/** A response that the gateway makes itself. */
export function gatewayMessage(status: number, message: string): GatewayResponse {
  return { status, headers: { "content-type": "application/json" }, body: Buffer.from(JSON.stringify({ message })) };
}

/**
 * What a function's answer means over HTTP, payload format 2.0: an object with `statusCode` is the response; anything
 * else is its JSON body with status 200.
 */
export function functionResponse(payload: string): GatewayResponse {
  const answer = JSON.parse(payload) as Json;
  if (!isObject(answer) || answer.statusCode === undefined) {
    const body = Buffer.from(typeof answer === "string" ? answer : payload);
    return { status: 200, headers: { "content-type": "application/json" }, body };
  }
  const status = Number(answer.statusCode);
  if (!Number.isInteger(status) || status < 200 || status > 599) return gatewayMessage(500, "Internal Server Error");
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(objectOf(answer.headers))) headers[name.toLowerCase()] = String(value);
  const cookies = listOf(answer.cookies).map(String);
  if (cookies.length > 0) headers["set-cookie"] = cookies;
  const text = answer.body === undefined || answer.body === null ? "" : String(answer.body);
  const body = Buffer.from(text, answer.isBase64Encoded === true ? "base64" : "utf8");
  if (body.length > 0) headers["content-type"] ??= "text/plain; charset=utf-8";
  return { status, headers, body };
}
