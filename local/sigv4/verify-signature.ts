import { type Authorization, readAuthorization, timestampMilliseconds } from "./authorization.ts";
import { canonicalRequest, headerValues, sha256Hex } from "./canonical-request.ts";
import type { CredentialStore, Principal } from "./credential-store.ts";
import { parseRequestTarget, type RequestTarget } from "./request-target.ts";
import { SignatureError } from "./signature-error.ts";
import { sameSignature, scopeText, sign, signingKey } from "./signing-key.ts";

/** The parts of a `node:http` request that a signature covers. */
export interface SignedHttpRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly rawHeaders: readonly string[];
}

export interface VerifyOptions {
  /** The service's name in the credential scope: s3, dynamodb, states, ecs, sns … */
  readonly service: string;
  readonly region: string;
  readonly credentials: CredentialStore;
  /** Milliseconds since the epoch; the machine's clock unless given. */
  readonly now?: () => number;
}

export interface VerifiedSignature {
  readonly principal: Principal;
  readonly accessKeyId: string;
  readonly authorization: Authorization;
  readonly target: RequestTarget;
  readonly signingKey: Buffer;
}

const maxSkewMilliseconds = 15 * 60 * 1000;

/**
 * Verifies AWS Signature Version 4 of a request's head. `payloadHash` gives the last line of the canonical request
 * from what the signer states. Throws `SignatureError`.
 */
export function verifySignature(
  request: SignedHttpRequest,
  payloadHash: (authorization: Authorization) => string,
  options: VerifyOptions,
): VerifiedSignature {
  const target = parseRequestTarget(request.url ?? "");
  const authorization = readAuthorization(target, request.rawHeaders);
  checkScope(authorization, options);
  const credential = options.credentials.find(authorization.accessKeyId);
  if (!credential) {
    throw new SignatureError("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.");
  }
  checkSignedHeaders(authorization, request.rawHeaders);
  const key = signingKey(credential.secret, authorization.scope);
  const canonical = canonicalRequest({
    method: request.method ?? "",
    target,
    rawHeaders: request.rawHeaders,
    signedHeaders: authorization.signedHeaders,
    payloadHash: payloadHash(authorization),
    service: options.service,
  });
  const stringToSign = [
    "AWS4-HMAC-SHA256",
    authorization.timestamp,
    scopeText(authorization.scope),
    sha256Hex(canonical),
  ].join("\n");
  if (!sameSignature(sign(key, stringToSign), authorization.signature)) {
    throw new SignatureError(
      "SignatureDoesNotMatch",
      "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    );
  }
  checkToken(authorization.sessionToken, credential.sessionToken);
  checkTime(authorization, options.now?.() ?? Date.now());
  return {
    principal: credential.principal,
    accessKeyId: authorization.accessKeyId,
    authorization,
    target,
    signingKey: key,
  };
}

function checkScope(authorization: Authorization, options: VerifyOptions): void {
  const { region, service } = authorization.scope;
  const code =
    authorization.expiresSeconds === undefined ? "AuthorizationHeaderMalformed" : "AuthorizationQueryParametersError";
  if (region !== options.region) {
    throw new SignatureError(code, `The region '${region}' is wrong; expecting '${options.region}'`);
  }
  if (service !== options.service) {
    throw new SignatureError(code, `The service '${service}' is wrong; expecting '${options.service}'`);
  }
}

function checkSignedHeaders(authorization: Authorization, rawHeaders: readonly string[]): void {
  const signed = new Set(authorization.signedHeaders);
  const unsigned = [...headerValues(rawHeaders).keys()].filter((name) => /^x-amz-/.test(name) && !signed.has(name));
  if (!signed.has("host")) unsigned.push("host");
  if (unsigned.length > 0) {
    throw new SignatureError(
      "AccessDenied",
      `There were headers present in the request which were not signed: ${unsigned.join(", ")}`,
    );
  }
}

function checkToken(given: string | undefined, expected: string | undefined): void {
  const matches = expected === undefined ? given === undefined : given !== undefined && sameSignature(expected, given);
  if (!matches) throw new SignatureError("InvalidToken", "The security token included in the request is invalid.");
}

function checkTime(authorization: Authorization, now: number): void {
  const signedAt = timestampMilliseconds(authorization.timestamp);
  if (authorization.expiresSeconds === undefined) {
    if (!(Math.abs(now - signedAt) <= maxSkewMilliseconds)) {
      throw new SignatureError(
        "RequestTimeTooSkewed",
        "The difference between the request time and the current time is too large.",
      );
    }
    return;
  }
  if (!(signedAt <= now + maxSkewMilliseconds)) throw new SignatureError("AccessDenied", "Request is not valid yet");
  if (now > signedAt + authorization.expiresSeconds * 1000) {
    throw new SignatureError("AccessDenied", "Request has expired");
  }
}
