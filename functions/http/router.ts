import { chooseLanguage } from "@systemhealer/contract/messages/message";
import {
  type Operation,
  type OperationName,
  type OperationOutput,
  operations,
  type ParsedInput,
} from "@systemhealer/contract/operations";
import { roleAllows } from "@systemhealer/contract/role";
import { DomainError, ForbiddenError, NotFoundError } from "@systemhealer/domain/errors";
import type { Logger } from "@systemhealer/platform/logger";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { type Caller, type Claims, readCaller } from "./caller.ts";
import { readInput } from "./read-input.ts";
import { answer, expectDeliverable, internalProblem, refuse } from "./response.ts";

/** Answers one operation. An operation that anyone may call is given no caller. */
export type Handler<N extends OperationName, Services> = (
  input: ParsedInput<N>,
  caller: (typeof operations)[N]["role"] extends null ? undefined : Caller,
  services: Services,
) => Promise<OperationOutput<N>>;

export type Handlers<N extends OperationName, Services> = { readonly [K in N]: Handler<K, Services> };
type AnyHandler<Services> = (input: unknown, caller: Caller | undefined, services: Services) => Promise<unknown>;

export interface RouterOptions<Services> {
  readonly services: () => Services;
  readonly logger: Logger;
  readonly maxBodyBytes: number;
  /** Told of each operation that was done; what it throws is logged and takes nothing back. */
  readonly onDone?: (done: Done, services: Services) => Promise<void>;
}

/** An operation that has been done. */
export interface Done {
  readonly name: string;
  readonly operation: Operation;
  readonly caller: Caller | undefined;
  readonly input: unknown;
  readonly output: unknown;
  readonly requestId: string;
}

/** An HTTP API event; `authorizer` is there where API Gateway has verified a token. */
export type HttpEvent = Omit<APIGatewayProxyEventV2, "requestContext"> & {
  readonly requestContext: APIGatewayProxyEventV2["requestContext"] & {
    readonly authorizer?: { readonly jwt?: { readonly claims?: Claims } };
  };
};

/** Finds an event's operation by its route key, and answers it or refuses it with a problem; it never throws. */
export function createRouter<N extends OperationName, Services>(
  handlers: Handlers<N, Services>,
  options: RouterOptions<Services>,
): (event: HttpEvent) => Promise<APIGatewayProxyStructuredResultV2> {
  const routes = new Map<string, readonly [Operation, AnyHandler<Services>, N]>();
  for (const name of Object.keys(handlers) as N[]) {
    const operation: Operation = operations[name];
    routes.set(`${operation.method} ${operation.path}`, [operation, handlers[name] as AnyHandler<Services>, name]);
  }

  async function route(event: HttpEvent): Promise<APIGatewayProxyStructuredResultV2> {
    const [operation, handler, name] = routes.get(event.routeKey) ?? [];
    if (!operation || !handler || !name) {
      const { method, path } = event.requestContext.http;
      throw new NotFoundError("route-unknown", { method, path });
    }
    const caller = operation.role === null ? undefined : readCaller(event.requestContext.authorizer?.jwt?.claims ?? {});
    if (caller && operation.role && !roleAllows(caller.role, operation.role)) {
      throw new ForbiddenError("role-too-low", { needed: operation.role, held: caller.role });
    }
    const input = readInput(operation, event, options.maxBodyBytes, languageOf(event));
    const services = options.services();
    const output = await handler(input, caller, services);
    const { requestId } = event.requestContext;
    await told({ name, operation, caller, input, output, requestId }, services);
    return expectDeliverable(answer(operation.status, operation.output?.parse(output)));
  }

  async function told(done: Done, services: Services): Promise<void> {
    try {
      await options.onDone?.(done, services);
    } catch (error) {
      options.logger.error("an operation was done but not noted", { error: error as Error, operation: done.name });
    }
  }

  return async (event) => {
    const reader = { language: languageOf(event), requestId: event.requestContext.requestId };
    try {
      return await route(event);
    } catch (error) {
      if (error instanceof DomainError) return refuse(error, reader);
      options.logger.error("unexpected", { error: error as Error, routeKey: event.routeKey, ...reader });
      return internalProblem(reader);
    }
  };
}

function languageOf(event: HttpEvent) {
  return chooseLanguage(event.headers["accept-language"]);
}
