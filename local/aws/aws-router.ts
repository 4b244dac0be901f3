import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { CredentialStore } from "../sigv4/credential-store.ts";
import { SignatureError } from "../sigv4/signature-error.ts";
import { verifyRequest } from "../sigv4/verify-request.ts";
import { isObject, type Json, type JsonObject } from "../template/json.ts";
import { region } from "../template/physical-names.ts";
import type { JsonService, QueryService } from "./json-service.ts";
import { BodyTooLargeError, readBody } from "./read-body.ts";
import { ServiceError } from "./service-error.ts";

export interface AwsRouterOptions {
  readonly credentials: CredentialStore;
  readonly jsonServices: readonly JsonService[];
  readonly queryServices: readonly QueryService[];
  /** Gets a request first, for services that check their callers in their own way; true where it has answered. */
  readonly before: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
}

const maxBodyBytes = 16 * 1024 * 1024;

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer | string;
  readonly errorType?: string;
}

/** All AWS services but S3 behind one port. Every request must be signed by a key of the local stack. */
export function createAwsRouter(options: AwsRouterOptions): RequestListener {
  return async (request, response) => {
    try {
      if (await options.before(request, response)) return;
      send(response, await answer(options, request));
    } catch (error) {
      if (response.headersSent) response.destroy();
      else send(response, jsonError("application/x-amz-json-1.0", error));
    }
  };
}

async function answer(options: AwsRouterOptions, request: IncomingMessage): Promise<Answer> {
  const body = await readBody(request, maxBodyBytes);
  const target = String(request.headers["x-amz-target"] ?? "");
  const dot = target.lastIndexOf(".");
  const service = options.jsonServices.find(({ targetPrefix }) => targetPrefix === target.slice(0, dot));
  if (service) return answerJson(options, service, target.slice(dot + 1), request, body);
  const form = new URLSearchParams(body.toString());
  const action = form.get("Action") ?? "";
  const queryService = options.queryServices.find(({ actions }) => actions.includes(action));
  if (queryService) return answerQuery(options, queryService, action, form, request, body);
  throw new ServiceError("UnknownOperationException", `${target || action || "This"} is not served by the local stack`);
}

async function answerJson(
  options: AwsRouterOptions,
  service: JsonService,
  operation: string,
  request: IncomingMessage,
  body: Buffer,
): Promise<Answer> {
  const { contentType, signingName } = service;
  try {
    const principal = verifyRequest(request, body, { service: signingName, region, credentials: options.credentials });
    const result = await service.handle({ operation, input: parse(body), body, principal });
    if (Buffer.isBuffer(result.body)) return { status: Number(result.status), contentType, body: result.body };
    return { status: 200, contentType, body: JSON.stringify(result) };
  } catch (error) {
    return jsonError(contentType, error);
  }
}

function parse(body: Buffer): JsonObject {
  try {
    const input = JSON.parse(body.length === 0 ? "{}" : body.toString()) as Json;
    if (isObject(input)) return input;
  } catch {}
  throw new ServiceError("SerializationException", "The body is not a JSON object");
}

function jsonError(contentType: string, error: unknown): Answer {
  const { name, message, status } = describeError(error);
  return { status, contentType, errorType: name, body: JSON.stringify({ __type: name, message }) };
}

async function answerQuery(
  options: AwsRouterOptions,
  service: QueryService,
  action: string,
  form: URLSearchParams,
  request: IncomingMessage,
  body: Buffer,
): Promise<Answer> {
  const contentType = "text/xml";
  const requestId = `<RequestId>${randomUUID()}</RequestId>`;
  try {
    const { signingName } = service;
    const principal = verifyRequest(request, body, { service: signingName, region, credentials: options.credentials });
    const result = await service.handle(action, form, principal);
    const fields = Object.entries(result).map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`);
    const xml = `<${action}Response xmlns="${service.xmlNamespace}"><${action}Result>${fields.join("")}</${action}Result><ResponseMetadata>${requestId}</ResponseMetadata></${action}Response>`;
    return { status: 200, contentType, body: xml };
  } catch (error) {
    const { name, message, status } = describeError(error);
    const fault = `<Error><Type>Sender</Type><Code>${escapeXml(name)}</Code><Message>${escapeXml(message)}</Message></Error>`;
    const xml = `<ErrorResponse xmlns="${service.xmlNamespace}">${fault}${requestId}</ErrorResponse>`;
    return { status, contentType, body: xml };
  }
}

function describeError(error: unknown): { name: string; message: string; status: number } {
  if (error instanceof SignatureError) return { name: error.jsonCode, message: error.message, status: 400 };
  if (error instanceof ServiceError) return error;
  if (error instanceof BodyTooLargeError) {
    return { name: "RequestEntityTooLargeException", message: error.message, status: 413 };
  }
  const { name, message } = error as Error;
  if (name === "AccessDeniedException") return { name, message, status: 400 };
  return { name: "InternalServerError", message: "The local stack failed", status: 500 };
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}

function send(response: ServerResponse, { status, contentType, body, errorType }: Answer): void {
  response.writeHead(status, {
    "content-type": contentType,
    "content-length": Buffer.byteLength(body),
    "x-amzn-requestid": randomUUID(),
    // The rest of a body that is too large is not read.
    ...(status === 413 ? { connection: "close" } : {}),
    ...(errorType === undefined ? {} : { "x-amzn-errortype": errorType }),
  });
  response.end(body);
}
