import type { Principal } from "./credential-store.ts";
import type { RequestTarget } from "./request-target.ts";
import { SignatureError } from "./signature-error.ts";
import type { CredentialScope } from "./signing-key.ts";
import { type SignedHttpRequest, type VerifyOptions, verifySignature } from "./verify-signature.ts";

/** How a body that is read after its head was verified is bound to the signature. */
export type SignedPayload =
  | { readonly kind: "unsigned" }
  | { readonly kind: "hash"; readonly sha256: string }
  | { readonly kind: "chunks"; readonly trailer: boolean; readonly signing: ChunkSigning | undefined };

/** What the chain of chunk signatures starts from. */
export interface ChunkSigning {
  readonly seedSignature: string;
  readonly key: Buffer;
  readonly timestamp: string;
  readonly scope: CredentialScope;
}

export interface StreamedRequest {
  readonly principal: Principal;
  readonly accessKeyId: string;
  readonly target: RequestTarget;
  readonly presigned: boolean;
  readonly payload: SignedPayload;
}

/**
 * Verifies the head of a request whose body is streamed (S3). Read the body through `signedBody` with the `payload`
 * of the answer: it checks the rest. Throws `SignatureError`.
 */
export function verifyStreamedRequest(request: SignedHttpRequest, options: VerifyOptions): StreamedRequest {
  const verified = verifySignature(
    request,
    ({ payloadHash, expiresSeconds }) => {
      if (payloadHash !== undefined) return payloadHash;
      if (expiresSeconds !== undefined) return "UNSIGNED-PAYLOAD";
      throw new SignatureError("InvalidRequest", "Missing required header for this request: x-amz-content-sha256");
    },
    options,
  );
  const { authorization } = verified;
  return {
    principal: verified.principal,
    accessKeyId: verified.accessKeyId,
    target: verified.target,
    presigned: authorization.expiresSeconds !== undefined,
    payload: readPayload(authorization.payloadHash ?? "UNSIGNED-PAYLOAD", {
      seedSignature: authorization.signature,
      key: verified.signingKey,
      timestamp: authorization.timestamp,
      scope: authorization.scope,
    }),
  };
}

function readPayload(payloadHash: string, signing: ChunkSigning): SignedPayload {
  switch (payloadHash) {
    case "UNSIGNED-PAYLOAD":
      return { kind: "unsigned" };
    case "STREAMING-UNSIGNED-PAYLOAD-TRAILER":
      return { kind: "chunks", trailer: true, signing: undefined };
    case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD":
      return { kind: "chunks", trailer: false, signing };
    case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER":
      return { kind: "chunks", trailer: true, signing };
    default:
      if (/^[0-9a-f]{64}$/.test(payloadHash)) return { kind: "hash", sha256: payloadHash };
      throw new SignatureError(
        "InvalidArgument",
        "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.",
      );
  }
}
