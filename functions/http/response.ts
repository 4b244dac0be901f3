import { type Language, message } from "@systemhealer/contract/messages/message";
import { type Problem, type ProblemWord, problemStatus } from "@systemhealer/contract/problem";
import {
  ConflictError,
  type DomainError,
  ForbiddenError,
  InvalidError,
  NotFoundError,
  type Parameters,
} from "@systemhealer/domain/errors";
import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { InputError } from "./read-input.ts";

const headers = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=63072000; includeSubDomains",
};

const titles: Readonly<Record<ProblemWord, string>> = {
  invalid: "Bad Request",
  unauthorized: "Unauthorized",
  forbidden: "Forbidden",
  "not-found": "Not Found",
  conflict: "Conflict",
  "too-many-requests": "Too Many Requests",
  internal: "Internal Server Error",
};

export function answer(status: number, output: unknown): APIGatewayProxyStructuredResultV2 {
  if (output === undefined) return { statusCode: status, headers };
  return {
    statusCode: status,
    headers: { ...headers, "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify(output),
  };
}

/** What Lambda hands on: 6 MB, of which a little is left to the headers. */
const maxResultBytes = 6 * 1024 ** 2 - 64 * 1024;

/** @throws InvalidError when API Gateway would get no answer at all, since Lambda refuses one of this size */
export function expectDeliverable(result: APIGatewayProxyStructuredResultV2): APIGatewayProxyStructuredResultV2 {
  const { body = "" } = result;
  // Quotes are escaped once more on the way, so that a short text is looked at no closer.
  if (body.length < maxResultBytes / 6) return result;
  const found = Buffer.byteLength(JSON.stringify(body));
  if (found > maxResultBytes) throw new InvalidError("answer-too-large", { found, expected: maxResultBytes });
  return result;
}

export interface Reader {
  readonly language: Language;
  readonly requestId: string;
}

/** RFC 9457 problem details of an error in the domain's words. */
export function refuse(error: DomainError, reader: Reader): APIGatewayProxyStructuredResultV2 {
  const faults = error instanceof InputError ? { errors: [...error.faults] } : {};
  return problem(wordOf(error), error.code, error.parameters, reader, faults);
}

/** Says no more than that it is recorded under the request's id. */
export function internalProblem(reader: Reader): APIGatewayProxyStructuredResultV2 {
  return problem("internal", "internal", {}, reader, {});
}

function problem(
  word: ProblemWord,
  code: string,
  parameters: Parameters,
  { language, requestId }: Reader,
  more: Pick<Problem, "errors">,
): APIGatewayProxyStructuredResultV2 {
  const status = problemStatus[word];
  const body: Problem = {
    type: "about:blank",
    title: titles[word],
    status,
    detail: message(code, parameters, language),
    code,
    parameters: { ...parameters },
    requestId,
    ...more,
  };
  return {
    statusCode: status,
    headers: {
      ...headers,
      "content-type": "application/problem+json; charset=utf-8",
      "content-language": language,
      vary: "accept-language",
    },
    body: JSON.stringify(body),
  };
}

function wordOf(error: DomainError): ProblemWord {
  if (error instanceof InvalidError) return "invalid";
  if (error instanceof ForbiddenError) return "forbidden";
  if (error instanceof NotFoundError) return "not-found";
  if (error instanceof ConflictError) return "conflict";
  return "internal";
}
