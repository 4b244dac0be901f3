import type { Principal } from "../sigv4/credential-store.ts";
import type { JsonObject } from "../template/json.ts";

export interface JsonRequest {
  readonly operation: string;
  readonly input: JsonObject;
  /** The bytes of `input`. */
  readonly body: Buffer;
  readonly principal: Principal;
}

/** An AWS service of the JSON protocol, chosen by the prefix of `x-amz-target`. */
export interface JsonService {
  /** Its name in a signature's scope. */
  readonly signingName: string;
  readonly targetPrefix: string;
  readonly contentType: "application/x-amz-json-1.0" | "application/x-amz-json-1.1";
  /** @throws ServiceError, AccessDeniedError */
  handle(request: JsonRequest): Promise<JsonObject | { readonly status: number; readonly body: Buffer }>;
}

/** A service of the query protocol (form in, XML out), chosen by its `Action`. */
export interface QueryService {
  readonly signingName: string;
  readonly actions: readonly string[];
  readonly xmlNamespace: string;
  /** @returns fields of the result. @throws ServiceError, AccessDeniedError */
  handle(action: string, form: URLSearchParams, principal: Principal): Promise<Readonly<Record<string, string>>>;
}
