import { sha256Hex } from "./canonical-request.ts";
import type { Principal } from "./credential-store.ts";
import { type SignedHttpRequest, type VerifyOptions, verifySignature } from "./verify-signature.ts";

/**
 * Verifies a request whose whole body is at hand (the services of the AWS JSON and query protocols).
 * The body's own hash enters the signature, so a changed body is a `SignatureDoesNotMatch`.
 *
 * Returns who signed. Throws `SignatureError`; answer with its `jsonCode`, status 400.
 */
export function verifyRequest(request: SignedHttpRequest, body: Uint8Array, options: VerifyOptions): Principal {
  return verifySignature(request, () => sha256Hex(body), options).principal;
}
