import { PolicyError } from "./policy-error.ts";

/** An action or resource pattern with `*` and `?`, compiled once. */
export interface Pattern {
  readonly text: string;
  readonly expression: RegExp;
}

/** Compiles `*` (any run of characters, also none) and `?` (one character). Policy variables (`${…}`) are refused. */
export function compilePattern(text: string, options: { readonly ignoreCase?: boolean } = {}): Pattern {
  if (text.includes("${")) throw new PolicyError(`Policy variables are not supported here: ${text}`);
  const source = text
    .replace(/\*+/g, "*")
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", "[^]*")
    .replaceAll("?", "[^]");
  return { text, expression: new RegExp(`^${source}$`, options.ignoreCase ? "iu" : "u") };
}
