import type { IncomingMessage, ServerResponse } from "node:http";
import { AccessDeniedError, authorize } from "../access/authorize.ts";
import { type CognitoDispatcher, type CognitoResponse, corsHeaders } from "../cognito/dispatcher.ts";
import { isPublic, operationOf, requiredPermission, targetPrefix } from "../cognito/permissions.ts";
import type { AuthorizedCaller } from "../cognito/user-pool.ts";
import type { CredentialStore } from "../sigv4/credential-store.ts";
import { SignatureError } from "../sigv4/signature-error.ts";
import { verifyRequest } from "../sigv4/verify-request.ts";
import { objectOf } from "../template/json.ts";
import { account, region } from "../template/physical-names.ts";
import { readBody } from "./read-body.ts";

const maxBodyBytes = 1024 * 1024;

/**
 * The user pool API: calls that anybody may make pass unsigned, also from a browser's page; those of administrators
 * must be signed and granted.
 */
export function cognitoRoute(dispatcher: CognitoDispatcher, credentials: CredentialStore) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const answer = await answerOf(dispatcher, credentials, request);
    if (!answer) return false;
    response.writeHead(answer.status, { ...answer.headers, "content-length": Buffer.byteLength(answer.body) });
    response.end(answer.body);
    return true;
  };
}

async function answerOf(
  dispatcher: CognitoDispatcher,
  credentials: CredentialStore,
  request: IncomingMessage,
): Promise<CognitoResponse | undefined> {
  if (request.method === "OPTIONS") return dispatcher.preflight(request.headers["access-control-request-headers"]);
  if (request.method === "GET") return dispatcher.wellKnown(request.url ?? "/");
  const target = String(request.headers["x-amz-target"] ?? "");
  if (!target.startsWith(targetPrefix)) return undefined;
  const body = await readBody(request, maxBodyBytes);
  const operation = operationOf(target) ?? "";
  if (isPublic(operation)) return dispatcher.dispatch({ target, body });
  let caller: AuthorizedCaller;
  try {
    const principal = verifyRequest(request, body, { service: "cognito-idp", region, credentials });
    const place = { region, accountId: account };
    const { action, resource } = requiredPermission(operation, parse(body), place);
    authorize(principal, action, resource);
    caller = { principal: principal.arn };
  } catch (error) {
    if (error instanceof SignatureError) return refusal(error.jsonCode, error.message);
    if (error instanceof AccessDeniedError) return refusal(error.name, error.message);
    throw error;
  }
  return dispatcher.dispatch({ target, body, caller });
}

function parse(body: Buffer) {
  try {
    return objectOf(JSON.parse(body.toString()));
  } catch {
    return {};
  }
}

function refusal(type: string, message: string): CognitoResponse {
  return {
    status: 400,
    headers: { ...corsHeaders, "content-type": "application/x-amz-json-1.1", "x-amzn-errortype": type },
    body: JSON.stringify({ __type: type, message }),
  };
}
