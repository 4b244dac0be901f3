import { ApiError, ConnectionError } from "./client-errors.ts";
import { type Language, message } from "./messages/message.ts";
import {
  type Operation,
  type OperationInput,
  type OperationName,
  type OperationOutput,
  operations,
} from "./operations.ts";
import { pause } from "./pause.ts";
import { Problem } from "./problem.ts";

export { ApiError, ConnectionError } from "./client-errors.ts";

export interface ClientOptions {
  /** Address of the API, without a slash at the end. */
  readonly baseUrl: string;
  /** A valid ID token; asked for before every call. */
  readonly token: () => Promise<string>;
  readonly language?: Language;
  readonly fetch?: typeof globalThis.fetch;
  /** Waits between tries of a call that may be repeated, in milliseconds. */
  readonly retryDelays?: readonly number[];
}

export interface Client {
  /**
   * @throws ApiError when the API refuses
   * @throws ConnectionError when it cannot be reached, after the retries that the method allows
   */
  call<N extends OperationName>(
    name: N,
    input: OperationInput<N>,
    options?: { readonly signal?: AbortSignal },
  ): Promise<OperationOutput<N>>;
}

/** What is in front of the API refuses by its own words, or a page: these say the same in the reader's language. */
const codesOfGateways: ReadonlyMap<number, string> = new Map([
  [401, "unauthorized"],
  [413, "request-too-large"],
  [429, "too-many-requests"],
  [502, "unavailable"],
  [503, "unavailable"],
  [504, "unavailable"],
]);
const maxAnswerCharacters = 500;
const statusesWorthARetry = new Set([429, 502, 503, 504]);

function urlOf(baseUrl: string, operation: Operation, input: Readonly<Record<string, unknown>>): string {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(input[name])));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries((input.query as Record<string, unknown> | undefined) ?? {})) {
    if (value !== undefined) query.set(name, String(value));
  }
  return `${baseUrl}${path}${query.size > 0 ? `?${query}` : ""}`;
}

async function readProblem(response: Response, language: Language): Promise<Problem> {
  const text = await response.text();
  try {
    return Problem.parse(JSON.parse(text));
  } catch {
    const { status } = response;
    const code = codesOfGateways.get(status) ?? "answer-unreadable";
    const parameters = { status, answer: text.slice(0, maxAnswerCharacters) };
    const title = response.statusText || String(status);
    return { type: "about:blank", title, status, detail: message(code, parameters, language), code, parameters };
  }
}

/** The typed client of the operation table. Only GET and DELETE are repeated by themselves: the others may not be safe to. */
export function createClient(options: ClientOptions): Client {
  const { baseUrl, token, language = "en", retryDelays = [300, 1_000, 3_000] } = options;
  const send = options.fetch ?? globalThis.fetch;

  return {
    async call<N extends OperationName>(
      name: N,
      input: OperationInput<N>,
      { signal }: { readonly signal?: AbortSignal } = {},
    ): Promise<OperationOutput<N>> {
      const operation: Operation = operations[name];
      const fields = input as Readonly<Record<string, unknown>>;
      const headers: Record<string, string> = { "accept-language": language };
      if (operation.body) headers["content-type"] = "application/json";
      const repeatable = operation.method === "GET" || operation.method === "DELETE";
      for (let attempt = 0; ; attempt++) {
        const mayRetry = repeatable && attempt < retryDelays.length;
        if (operation.role) headers.authorization = `Bearer ${await token()}`;
        let response: Response;
        try {
          response = await send(urlOf(baseUrl, operation, fields), {
            method: operation.method,
            headers,
            ...(operation.body ? { body: JSON.stringify(fields.body) } : {}),
            ...(signal ? { signal } : {}),
          });
        } catch (cause) {
          signal?.throwIfAborted();
          if (!mayRetry) throw new ConnectionError(baseUrl, `No answer from ${baseUrl}`, { cause });
          await pause(retryDelays[attempt]!, signal);
          continue;
        }
        if (response.ok) {
          if (!operation.output) return undefined as OperationOutput<N>;
          try {
            return (await response.json()) as OperationOutput<N>;
          } catch (cause) {
            throw new ConnectionError(baseUrl, `The answer of ${baseUrl} is not JSON`, { cause });
          }
        }
        if (!mayRetry || !statusesWorthARetry.has(response.status)) {
          throw new ApiError(await readProblem(response, language));
        }
        await response.body?.cancel();
        await pause(retryDelays[attempt]!, signal);
      }
    },
  };
}
