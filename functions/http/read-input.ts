import { issueMessages } from "@systemhealer/contract/messages/issue-messages";
import type { Language } from "@systemhealer/contract/messages/message";
import type { Operation } from "@systemhealer/contract/operations";
import { InvalidError } from "@systemhealer/domain/errors";
import type { APIGatewayProxyEventV2 } from "aws-lambda";

type Event = Pick<APIGatewayProxyEventV2, "pathParameters" | "queryStringParameters" | "body" | "isBase64Encoded">;

export interface InputFault {
  /** JSON pointer into `{path, query, body}`. */
  readonly pointer: string;
  readonly detail: string;
}

/** The input does not have the operation's shape; every fault is named. */
export class InputError extends InvalidError {
  readonly faults: readonly InputFault[];

  constructor(faults: readonly InputFault[]) {
    super("input-invalid", { pointer: faults[0]?.pointer ?? "", reason: faults[0]?.detail ?? "" });
    this.faults = faults;
  }
}

const maxFaults = 50;
/** A key that a client has chosen can be as long as the body. */
const maxStepCharacters = 200;

export interface Input {
  readonly path: unknown;
  readonly query: unknown;
  readonly body?: unknown;
}

/**
 * Path, query and body, parsed with the operation's schemas.
 * @throws InputError; InvalidError when the body is too large or no JSON
 */
export function readInput(operation: Operation, event: Event, maxBodyBytes: number, language: Language): Input {
  const faults: InputFault[] = [];
  const error = issueMessages(language);
  function parse(place: keyof Input, schema: NonNullable<Operation["body"]>, value: unknown): unknown {
    const result = schema.safeParse(value, { error });
    if (result.success) return result.data;
    for (const issue of result.error.issues.slice(0, maxFaults)) {
      const pointer = ["", place, ...issue.path.map((step) => escapePointer(String(step)))].join("/");
      faults.push({ pointer, detail: issue.message });
    }
    return undefined;
  }
  const input = {
    path: parse("path", operation.pathParameters, event.pathParameters ?? {}),
    query: parse("query", operation.query, event.queryStringParameters ?? {}),
    ...(operation.body && { body: parse("body", operation.body, readJson(event, maxBodyBytes)) }),
  };
  if (faults.length > 0) throw new InputError(faults.slice(0, maxFaults));
  return input;
}

function readJson(event: Event, maxBytes: number): unknown {
  const bytes = Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8");
  if (bytes.length > maxBytes) throw new InvalidError("body-too-large", { found: bytes.length, expected: maxBytes });
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.slice(0, 200) : "";
    throw new InvalidError("body-not-json", { reason }, { cause });
  }
}

/** RFC 6901. */
function escapePointer(step: string): string {
  return step.slice(0, maxStepCharacters).replaceAll("~", "~0").replaceAll("/", "~1").toWellFormed();
}
