import { createContext, Script } from "node:vm";

/** The path that is asked of the origin for a path that a browser asked for. */
export type PageAddress = (path: string) => string;

const longestMilliseconds = 3_000;

/**
 * Runs a CloudFront function on requests, in a context that has nothing but the language, as there. Only the path that
 * it gives back is honoured.
 */
export function pageAddressFunction(code: string): PageAddress {
  const context = createContext({}, { codeGeneration: { strings: false, wasm: false } });
  new Script(code).runInContext(context, { timeout: longestMilliseconds });
  const call = new Script("JSON.stringify(handler(JSON.parse(given)))");
  return (path) => {
    const request = { method: "GET", uri: path, querystring: {}, headers: {}, cookies: {} };
    context.given = JSON.stringify({ version: "1.0", request });
    const answer = JSON.parse(call.runInContext(context, { timeout: longestMilliseconds })) as { uri?: unknown };
    if (typeof answer.uri !== "string") throw new Error("a function that answers by itself is not honoured here");
    return answer.uri;
  };
}
