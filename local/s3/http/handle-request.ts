import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { CredentialStore } from "../../sigv4/credential-store.ts";
import { decodeUri, parseRequestTarget } from "../../sigv4/request-target.ts";
import { SignatureError } from "../../sigv4/signature-error.ts";
import { verifyStreamedRequest } from "../../sigv4/verify-streamed-request.ts";
import type { S3Service } from "../bucket.ts";
import type { CorsRule } from "../bucket-definition.ts";
import { S3Error } from "../s3-error.ts";
import { xmlErrorDocument } from "../xml.ts";
import { corsHeaders, preflight } from "./cors.ts";
import { route } from "./router.ts";
import { s3Request } from "./s3-request.ts";
import type { S3Response } from "./s3-response.ts";

export interface HandlerOptions {
  readonly service: S3Service;
  readonly credentials: CredentialStore;
  readonly now: () => number;
  /** Told of faults that are the server's own. */
  readonly onError: (error: unknown) => void;
}

/** Answers one HTTP request. Never throws. */
export async function handleRequest(
  message: IncomingMessage,
  response: ServerResponse,
  options: HandlerOptions,
): Promise<void> {
  const id = randomBytes(8).toString("hex").toUpperCase();
  let mayReuseConnection = message.headers.expect === undefined;
  let answer: S3Response;
  try {
    answer = await answerRequest(message, id, options, () => {
      if (!mayReuseConnection) response.writeContinue();
      mayReuseConnection = true;
    });
  } catch (error) {
    answer = errorResponse(error, message, id, options.onError);
  }
  // A client that waits for leave to send its body, and gets an answer instead, leaves the request unfinished.
  const headers = {
    server: "AmazonS3",
    "x-amz-request-id": id,
    "x-amz-id-2": id,
    ...(mayReuseConnection ? {} : { connection: "close" }),
    ...corsHeaders(corsRules(message, options.service), message.headers.origin, message.method ?? ""),
    ...answer.headers,
  };
  try {
    await send(message, response, headers, answer);
  } catch (error) {
    if (!isBrokenOff(error)) options.onError(error);
    response.destroy();
  } finally {
    await answer.release?.();
  }
}

async function answerRequest(
  message: IncomingMessage,
  id: string,
  { service, credentials, now }: HandlerOptions,
  sendContinue: () => void,
): Promise<S3Response> {
  if (message.method === "OPTIONS") {
    return preflight(corsRules(message, service), {
      origin: message.headers.origin,
      method: message.headers["access-control-request-method"],
      headers: message.headers["access-control-request-headers"],
    });
  }
  const verified = verifyStreamedRequest(message, { service: "s3", region: service.region, credentials, now });
  const request = s3Request({ id, message, verified, sendContinue });
  const operation = route(request);
  const bucket = service.buckets.get(request.bucket);
  if (!bucket) {
    throw new S3Error("NoSuchBucket", "The specified bucket does not exist", {
      elements: { BucketName: request.bucket },
    });
  }
  const owner = request.header("x-amz-expected-bucket-owner");
  if (owner !== undefined && owner !== service.account) throw new S3Error("AccessDenied", "Access Denied");
  const encryption = request.header("x-amz-server-side-encryption");
  const context = {
    "aws:RequestedRegion": service.region,
    "aws:ResourceAccount": service.account,
    "aws:SourceIp": "127.0.0.1",
    ...(encryption === undefined ? {} : { "s3:x-amz-server-side-encryption": encryption }),
  };
  return operation({ service, bucket, request, access: { bucket, principal: request.principal, context } });
}

async function send(
  message: IncomingMessage,
  response: ServerResponse,
  headers: Readonly<Record<string, string>>,
  answer: S3Response,
): Promise<void> {
  const { body } = answer;
  if (body === undefined || typeof body === "string") {
    const length = headers["content-length"] ?? String(Buffer.byteLength(body ?? ""));
    const withLength =
      answer.status === 204 || answer.status === 304 ? headers : { ...headers, "content-length": length };
    response.writeHead(answer.status, withLength);
    response.end(message.method === "HEAD" ? undefined : body);
    return;
  }
  response.writeHead(answer.status, headers);
  await pipeline(Readable.from(body, { objectMode: false }), response);
}

function errorResponse(
  error: unknown,
  message: IncomingMessage,
  id: string,
  onError: (error: unknown) => void,
): S3Response {
  const known = error instanceof S3Error || error instanceof SignatureError ? error : undefined;
  const brokenOff = !known && isBrokenOff(error);
  if (!known && !brokenOff) onError(error);
  const shown =
    known ??
    (brokenOff
      ? new S3Error("IncompleteBody", "The request body terminated unexpectedly")
      : new S3Error("InternalError", "We encountered an internal error. Please try again."));
  const { elements = {}, headers = {} } = shown instanceof S3Error ? shown : {};
  const [resource] = (message.url ?? "").split("?");
  return {
    status: shown.status,
    headers: { "content-type": "application/xml", ...headers },
    body: xmlErrorDocument({
      Code: shown.code,
      Message: shown.message,
      ...elements,
      Resource: resource,
      RequestId: id,
      HostId: id,
    }),
  };
}

function corsRules(message: IncomingMessage, service: S3Service): readonly CorsRule[] {
  try {
    const name = parseRequestTarget(message.url ?? "").path.split("/")[1] ?? "";
    return service.buckets.get(decodeUri(name))?.definition.cors ?? [];
  } catch (error) {
    if (error instanceof SignatureError) return [];
    throw error;
  }
}

function isBrokenOff(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return ["ECONNRESET", "EPIPE", "ERR_STREAM_PREMATURE_CLOSE", "ERR_STREAM_DESTROYED"].includes(code);
}
