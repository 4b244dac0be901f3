import { randomUUID } from "node:crypto";
import { decodeJwt } from "jose";
import {
  InvalidParameterError,
  NotAuthorizedError,
  ResourceNotFoundError,
  SerializationError,
  UnknownOperationError,
  UserPoolError,
} from "./errors.ts";
import { type Input, isObject } from "./input.ts";
import { operations } from "./operations/table.ts";
import { operationOf } from "./permissions.ts";
import type { AuthorizedCaller, UserPool } from "./user-pool.ts";

export type CognitoRequest = {
  /** The `x-amz-target` header. */
  readonly target: string;
  readonly body: Uint8Array | string;
  /** Who signed the call; absent for an unsigned one. */
  readonly caller?: AuthorizedCaller | undefined;
};

export type CognitoResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export type CognitoDispatcher = {
  readonly dispatch: (request: CognitoRequest) => Promise<CognitoResponse>;
  /** Answers `GET /<poolId>/.well-known/…`; undefined for any other path. */
  readonly wellKnown: (path: string) => CognitoResponse | undefined;
  /** Answers a browser's question whether it may call (`OPTIONS`). */
  readonly preflight: (requestedHeaders: string | undefined) => CognitoResponse;
};

const longestBody = 256 * 1024;

/**
 * The user pool API without a server: routes calls to the pool they name.
 * @param onFailure told of what is no fault of the caller; the answer says nothing of it.
 */
export function createCognitoDispatcher(
  pools: readonly UserPool[],
  onFailure: (error: unknown) => void,
): CognitoDispatcher {
  const byId = new Map(pools.map((pool) => [pool.poolId, pool]));
  return {
    dispatch: async (request) => {
      try {
        const operation = operationOf(request.target);
        if (operation === undefined || !operations.has(operation)) {
          throw new UnknownOperationError(operation ?? request.target);
        }
        const input = parse(request.body);
        const pool = poolOf(operation, input, pools, byId);
        return answer(200, await pool.handle(request.target, input, request.caller));
      } catch (error) {
        if (error instanceof UserPoolError) {
          if (error.status >= 500) onFailure(error);
          return failure(error.type, error.message, error.status);
        }
        onFailure(error);
        return failure("InternalErrorException", "Something went wrong", 500);
      }
    },
    wellKnown: (path) => {
      const [, poolId = "", document] = /^\/([\w-]+)\/\.well-known\/([\w.-]+)$/.exec(path) ?? [];
      const pool = byId.get(poolId);
      if (pool === undefined) return undefined;
      if (document === "jwks.json") return publicDocument(pool.jwks());
      if (document === "openid-configuration") return publicDocument(pool.openidConfiguration());
      return undefined;
    },
    preflight: (requestedHeaders) => ({
      status: 200,
      headers: {
        ...corsHeaders,
        "access-control-allow-methods": "POST, GET, OPTIONS",
        "access-control-allow-headers": allowedHeaders(requestedHeaders),
        "access-control-max-age": "172800",
      },
      body: "",
    }),
  };
}

/** Any page may call: nothing here goes by a cookie. */
export const corsHeaders: Readonly<Record<string, string>> = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date",
};

function allowedHeaders(requested: string | undefined): string {
  const named = (requested ?? "").split(",").map((header) => header.trim().toLowerCase());
  const valid = named.filter((header) => /^[a-z0-9-]{1,64}$/.test(header)).slice(0, 32);
  return valid.length > 0 ? valid.join(",") : "content-type,x-amz-target,x-amz-user-agent,cache-control,authorization";
}

function parse(body: Uint8Array | string): Input {
  if (body.length > longestBody) throw new SerializationError(`The body is longer than ${longestBody} bytes`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(typeof body === "string" ? body : Buffer.from(body).toString("utf8"));
  } catch (cause) {
    throw new SerializationError("The body is not JSON", { cause });
  }
  if (!isObject(parsed)) throw new SerializationError("The body is not a JSON object");
  return parsed;
}

function poolOf(
  operation: string,
  input: Input,
  pools: readonly UserPool[],
  byId: ReadonlyMap<string, UserPool>,
): UserPool {
  const access = operations.get(operation)?.access;
  if (access === "iam") {
    const poolId = named(input, "UserPoolId");
    return byId.get(poolId) ?? notFound(`User pool ${poolId} does not exist.`);
  }
  if (access === "client") {
    const clientId = named(input, "ClientId");
    return (
      pools.find(({ clients }) => clients.has(clientId)) ?? notFound(`User pool client ${clientId} does not exist.`)
    );
  }
  const issuer = issuerOf(named(input, "AccessToken"));
  const pool = pools.find((candidate) => candidate.issuer === issuer);
  if (pool === undefined) throw new NotAuthorizedError("Invalid Access Token");
  return pool;
}

function named(input: Input, name: string): string {
  const value = input[name];
  if (typeof value !== "string" || value === "") throw new InvalidParameterError(`${name} is missing`);
  return value;
}

/** Only to find the pool, which then verifies the token. */
function issuerOf(accessToken: string): string | undefined {
  try {
    return decodeJwt(accessToken).iss;
  } catch {
    return undefined;
  }
}

function notFound(message: string): never {
  throw new ResourceNotFoundError(message);
}

function answer(status: number, body: object): CognitoResponse {
  return {
    status,
    headers: {
      ...corsHeaders,
      "content-type": "application/x-amz-json-1.1",
      "cache-control": "no-store",
      "x-amzn-requestid": randomUUID(),
    },
    body: JSON.stringify(body),
  };
}

function failure(type: string, message: string, status: number): CognitoResponse {
  const response = answer(status, { __type: type, message });
  const headers = { ...response.headers, "x-amzn-errortype": `${type}:`, "x-amzn-errormessage": headerText(message) };
  return { ...response, headers };
}

/** What a header may hold of a message: printable ASCII on one line. */
function headerText(message: string): string {
  return message.replaceAll(/[^\x20-\x7e]+/g, " ").slice(0, 500);
}

function publicDocument(document: object): CognitoResponse {
  return {
    status: 200,
    headers: { ...corsHeaders, "content-type": "application/json", "cache-control": "public, max-age=300" },
    body: JSON.stringify(document),
  };
}
