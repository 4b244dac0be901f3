import { SignatureError } from "./signature-error.ts";

/** A request's target as it came: the path is neither decoded nor normalised, the query is decoded and in order. */
export interface RequestTarget {
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
}

export function parseRequestTarget(url: string): RequestTarget {
  if (!url.startsWith("/")) throw new SignatureError("InvalidURI", "The request's target is not a path.");
  const mark = url.indexOf("?");
  if (mark < 0) return { path: url, query: [] };
  const query = url
    .slice(mark + 1)
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const equals = pair.indexOf("=");
      const name = equals < 0 ? pair : pair.slice(0, equals);
      const value = equals < 0 ? "" : pair.slice(equals + 1);
      return [decodeQuery(name), decodeQuery(value)] as const;
    });
  return { path: url.slice(0, mark), query };
}

/** Decodes percent escapes; bytes that are no UTF-8 and broken escapes are refused. */
export function decodeUri(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new SignatureError("InvalidURI", "Couldn't parse the specified URI.", { cause });
  }
}

function decodeQuery(text: string): string {
  return decodeUri(text.replaceAll("+", " "));
}
