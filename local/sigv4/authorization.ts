import { headerValues } from "./canonical-request.ts";
import type { RequestTarget } from "./request-target.ts";
import { SignatureError } from "./signature-error.ts";
import type { CredentialScope } from "./signing-key.ts";

/** What a signed request says about its signature, from the Authorization header or from a presigned query. */
export interface Authorization {
  readonly accessKeyId: string;
  readonly scope: CredentialScope;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** ISO 8601 basic, e.g. 20261121T050000Z */
  readonly timestamp: string;
  readonly sessionToken: string | undefined;
  /** Only of presigned requests: how long they hold. */
  readonly expiresSeconds: number | undefined;
  /** What the signer states about the body: a hash, a word such as UNSIGNED-PAYLOAD, or nothing. */
  readonly payloadHash: string | undefined;
}

const algorithm = "AWS4-HMAC-SHA256";
const maxExpiresSeconds = 604_800;

export function readAuthorization(target: RequestTarget, rawHeaders: readonly string[]): Authorization {
  const headers = headerValues(rawHeaders);
  const header = headers.get("authorization");
  const presigned = target.query.some(([name]) => name === "X-Amz-Signature" || name === "X-Amz-Algorithm");
  if (header !== undefined && presigned) {
    throw new SignatureError("InvalidArgument", "Only one auth mechanism allowed.");
  }
  if (presigned) return fromQuery(target, headers);
  if (header === undefined) throw new SignatureError("MissingAuthentication", "Access Denied");
  return fromHeader(header, headers);
}

function fromHeader(header: string, headers: ReadonlyMap<string, string>): Authorization {
  if (!header.startsWith(`${algorithm} `)) {
    throw new SignatureError("InvalidArgument", "Unsupported Authorization Type");
  }
  const fields = new Map(
    header
      .slice(algorithm.length)
      .split(",")
      .map((field) => {
        const equals = field.indexOf("=");
        return [field.slice(0, Math.max(equals, 0)).trim(), field.slice(equals + 1).trim()] as const;
      }),
  );
  const malformed = (message: string) => new SignatureError("AuthorizationHeaderMalformed", message);
  const timestamp = headers.get("x-amz-date") ?? basicDate(headers.get("date"));
  if (timestamp === undefined) {
    throw new SignatureError("MissingAuthentication", "AWS authentication requires a valid Date or x-amz-date header");
  }
  return {
    ...readFields(fields.get("Credential"), fields.get("SignedHeaders"), fields.get("Signature"), timestamp, malformed),
    sessionToken: headers.get("x-amz-security-token"),
    expiresSeconds: undefined,
    payloadHash: headers.get("x-amz-content-sha256"),
  };
}

function fromQuery(target: RequestTarget, headers: ReadonlyMap<string, string>): Authorization {
  const malformed = (message: string) => new SignatureError("AuthorizationQueryParametersError", message);
  const parameters = new Map<string, string>();
  for (const [name, value] of target.query) {
    if (name.startsWith("X-Amz-") && parameters.has(name)) throw malformed(`${name} is given more than once.`);
    parameters.set(name, value);
  }
  if (parameters.get("X-Amz-Algorithm") !== algorithm) {
    throw malformed('X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"');
  }
  const expires = parameters.get("X-Amz-Expires") ?? "";
  if (!/^\d{1,7}$/.test(expires) || Number(expires) < 1 || Number(expires) > maxExpiresSeconds) {
    throw malformed(`X-Amz-Expires must be between 1 and ${maxExpiresSeconds} seconds`);
  }
  return {
    ...readFields(
      parameters.get("X-Amz-Credential"),
      parameters.get("X-Amz-SignedHeaders"),
      parameters.get("X-Amz-Signature"),
      parameters.get("X-Amz-Date") ?? "",
      malformed,
    ),
    sessionToken: parameters.get("X-Amz-Security-Token"),
    expiresSeconds: Number(expires),
    payloadHash: parameters.get("X-Amz-Content-Sha256") ?? headers.get("x-amz-content-sha256"),
  };
}

function readFields(
  credential: string | undefined,
  signedHeaders: string | undefined,
  signature: string | undefined,
  timestamp: string,
  malformed: (message: string) => SignatureError,
): Pick<Authorization, "accessKeyId" | "scope" | "signedHeaders" | "signature" | "timestamp"> {
  const [, accessKeyId, date, region, service] =
    /^([\w-]{1,128})\/(\d{8})\/([\w-]+)\/([\w-]+)\/aws4_request$/.exec(credential ?? "") ?? [];
  if (!accessKeyId || !date || !region || !service) throw malformed("The Credential is malformed.");
  if (!/^[a-z0-9_-]+(;[a-z0-9_-]+)*$/.test(signedHeaders ?? "")) throw malformed("The SignedHeaders are malformed.");
  if (!/^[0-9a-f]{64}$/.test(signature ?? "")) throw malformed("The Signature is malformed.");
  if (!/^\d{8}T\d{6}Z$/.test(timestamp)) throw malformed("The date must be in the ISO8601 basic form.");
  if (!timestamp.startsWith(date)) throw malformed("The Credential's date is not that of the request.");
  return {
    accessKeyId,
    scope: { date, region, service },
    signedHeaders: signedHeaders!.split(";"),
    signature: signature!,
    timestamp,
  };
}

function basicDate(date: string | undefined): string | undefined {
  if (date === undefined) return undefined;
  if (/^\d{8}T\d{6}Z$/.test(date)) return date;
  const time = Date.parse(date);
  return Number.isNaN(time) ? undefined : `${new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, "")}`;
}

/** Milliseconds since the epoch of an ISO 8601 basic date; NaN for one that is no date. */
export function timestampMilliseconds(timestamp: string): number {
  return Date.parse(timestamp.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}
