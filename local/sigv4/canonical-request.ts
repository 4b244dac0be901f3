import { createHash } from "node:crypto";
import { decodeUri, type RequestTarget } from "./request-target.ts";

export interface CanonicalRequestParts {
  readonly method: string;
  readonly target: RequestTarget;
  /** Name, value, name, value … as they came on the wire. */
  readonly rawHeaders: readonly string[];
  readonly signedHeaders: readonly string[];
  readonly payloadHash: string;
  readonly service: string;
}

/** The canonical request of https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
export function canonicalRequest(parts: CanonicalRequestParts): string {
  const headers = headerValues(parts.rawHeaders);
  return [
    parts.method,
    parts.service === "s3" ? encodedOncePath(parts.target.path) : encodedTwicePath(parts.target.path),
    canonicalQuery(parts.target.query),
    ...parts.signedHeaders.map((name) => `${name}:${headers.get(name) ?? ""}`),
    "",
    parts.signedHeaders.join(";"),
    parts.payloadHash,
  ].join("\n");
}

export function sha256Hex(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** Percent-encodes all but RFC 3986's unreserved characters. */
export function uriEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function encodedOncePath(path: string): string {
  return path
    .split("/")
    .map((segment) => uriEncode(decodeUri(segment)))
    .join("/");
}

function encodedTwicePath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment === "..") segments.pop();
    else segments.push(uriEncode(segment));
  }
  const trailing = segments.length > 0 && path.endsWith("/") ? "/" : "";
  return `/${segments.join("/")}${trailing}`;
}

function canonicalQuery(query: RequestTarget["query"]): string {
  return query
    .filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]) => [uriEncode(name), uriEncode(value)] as const)
    .sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Values of a repeated header are joined by a comma; outer spaces go, inner runs of spaces become one. */
export function headerValues(rawHeaders: readonly string[]): Map<string, string> {
  const values = new Map<string, string>();
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!.toLowerCase();
    const value = rawHeaders[i + 1]!.trim().replace(/ +/g, " ");
    const former = values.get(name);
    values.set(name, former === undefined ? value : `${former},${value}`);
  }
  return values;
}
