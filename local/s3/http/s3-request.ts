import type { IncomingMessage } from "node:http";
import { headerValues } from "../../sigv4/canonical-request.ts";
import type { Principal } from "../../sigv4/credential-store.ts";
import { decodeUri } from "../../sigv4/request-target.ts";
import { signedBody } from "../../sigv4/signed-body.ts";
import type { StreamedRequest } from "../../sigv4/verify-streamed-request.ts";
import { maxKeyBytes } from "../limits.ts";
import { S3Error } from "../s3-error.ts";
import { malformedXml, readXml, type XmlNode } from "../xml.ts";

/** A verified request in the terms of S3. */
export interface S3Request {
  readonly id: string;
  readonly method: string;
  /** Empty for the service itself. */
  readonly bucket: string;
  /** Empty for the bucket itself. */
  readonly key: string;
  readonly query: ReadonlyMap<string, string>;
  readonly principal: Principal;
  /** Length of the body without framing; undefined where the client does not tell. */
  readonly contentLength: number | undefined;
  /** A header by its name in lower case; a presigned request may carry `x-amz-` ones in its query. */
  header(name: string): string | undefined;
  headersWithPrefix(prefix: string): [name: string, value: string][];
  /** The body's bytes, checked against the signature by the end; `trailers` are there by then. Can be read once. */
  body(trailers: Map<string, string>): AsyncIterable<Uint8Array>;
}

export interface RequestParts {
  readonly id: string;
  readonly message: IncomingMessage;
  readonly verified: StreamedRequest;
  /** Tells a client that waits for it to send the body. */
  readonly sendContinue: () => void;
}

export function s3Request({ id, message, verified, sendContinue }: RequestParts): S3Request {
  const headers = headerValues(message.rawHeaders);
  const { path, query } = verified.target;
  if (verified.presigned) {
    for (const [name, value] of query) {
      const lower = name.toLowerCase();
      if (lower.startsWith("x-amz-") && !signatureParameters.has(lower) && !headers.has(lower))
        headers.set(lower, value);
    }
  }
  return {
    id,
    method: message.method ?? "",
    ...splitPath(path),
    query: new Map(query),
    principal: verified.principal,
    contentLength: contentLength(headers, verified),
    header: (name) => headers.get(name),
    headersWithPrefix: (prefix) => [...headers].filter(([name]) => name.startsWith(prefix)),
    body: (trailers) => {
      sendContinue();
      return signedBody(message, verified.payload, trailers);
    },
  };
}

const signatureParameters = new Set([
  "x-amz-algorithm",
  "x-amz-content-sha256",
  "x-amz-credential",
  "x-amz-date",
  "x-amz-expires",
  "x-amz-security-token",
  "x-amz-signature",
  "x-amz-signedheaders",
]);

/** `/bucket/any/key`, where the key is kept as it is: it may hold empty, `.` and `..` segments. */
export function splitPath(path: string): { readonly bucket: string; readonly key: string } {
  const slash = path.indexOf("/", 1);
  const bucket = decodeUri(path.slice(1, slash < 0 ? undefined : slash));
  const key = slash < 0 ? "" : decodeUri(path.slice(slash + 1));
  checkKey(key);
  return { bucket, key };
}

export function checkKey(key: string): void {
  if (Buffer.byteLength(key) > maxKeyBytes) throw new S3Error("KeyTooLongError", "Your key is too long");
}

function contentLength(headers: ReadonlyMap<string, string>, verified: StreamedRequest): number | undefined {
  const name = verified.payload.kind === "chunks" ? "x-amz-decoded-content-length" : "content-length";
  const text = headers.get(name);
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw new S3Error("InvalidArgument", `${name} is not a number`);
  return Number(text);
}

/** Reads an XML body whole, at most `maxBytes` of it. */
export async function readXmlBody(body: AsyncIterable<Uint8Array>, root: string, maxBytes: number): Promise<XmlNode> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const bytes of body) {
    size += bytes.length;
    if (size > maxBytes) throw malformedXml();
    chunks.push(bytes);
  }
  return readXml(Buffer.concat(chunks).toString("utf8"), root);
}

/** A whole number of the query within bounds, or the default where it is absent. Throws InvalidArgument. */
export function numberParameter(
  request: S3Request,
  name: string,
  bounds: { readonly min: number; readonly max: number; readonly default: number },
): number {
  const text = request.query.get(name);
  if (text === undefined || text === "") return bounds.default;
  const value = /^-?\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= bounds.min && value <= bounds.max)) {
    throw new S3Error(
      "InvalidArgument",
      `Argument ${name} must be an integer between ${bounds.min} and ${bounds.max}`,
      {
        elements: { ArgumentName: name, ArgumentValue: text },
      },
    );
  }
  return value;
}
