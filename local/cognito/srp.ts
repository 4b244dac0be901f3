import { createHash, createHmac, getDiffieHellman, timingSafeEqual } from "node:crypto";

/**
 * The server's side of SRP-6a (RFC 5054) as Cognito speaks it: the 3072-bit group of RFC 3526 (group 15) with
 * g = 2, SHA-256, numbers hashed in two's complement (Java's `BigInteger.toByteArray`), the identity prefixed with
 * the pool's name, and a 16-byte key drawn from the shared secret by HKDF with the label "Caldera Derived Key".
 */

const group = getDiffieHellman("modp15");
const modulusHex = group.getPrime("hex");
const modulus = BigInt(`0x${modulusHex}`);
const generator = 2n;
const multiplier = hashNumber(toHex(modulus) + toHex(generator));
const keyLabel = Buffer.from("Caldera Derived Key\u0001", "utf8");
const longestNumberHex = modulusHex.length;

export type Verifier = {
  /** Hex. */
  readonly salt: string;
  /** g^x mod N, hex. The password cannot be read from it, but it can be guessed against it: keep it private. */
  readonly verifier: string;
};

export type Handshake = {
  /** B = kv + g^b mod N, hex. */
  readonly serverPublic: string;
  /** 16 bytes; the client proves that it holds the same ones. */
  readonly key: Buffer;
};

/** @param identity the pool's name (the part of its id after `_`) followed by the user's `sub`. */
export function makeVerifier(identity: string, password: string, salt: string): Verifier {
  const inner = createHash("sha256").update(`${identity}:${password}`, "utf8").digest("hex");
  const exponent = hashNumber(padHex(salt) + inner);
  return { salt, verifier: power(generator, exponent).toString(16) };
}

export function passwordMatches(identity: string, password: string, stored: Verifier): boolean {
  const offered = makeVerifier(identity, password, stored.salt).verifier.padStart(longestNumberHex, "0");
  const expected = stored.verifier.padStart(longestNumberHex, "0");
  return timingSafeEqual(Buffer.from(offered, "utf8"), Buffer.from(expected, "utf8"));
}

/** A verifier of no password. Like every power of g it is a square: a non-square would give the disguise away. */
export function disguisedVerifier(bytes: Uint8Array): string {
  return power(BigInt(`0x${Buffer.from(bytes).toString("hex")}`), 2n).toString(16);
}

/**
 * Answers the client's A. The server's secret b lives only in this call; the key it leads to is all that is kept.
 * Returns undefined when A is no power of g (A mod N = 0, a non-square, not hex), which must end the exchange.
 */
export function answer(clientPublic: string, stored: Verifier): Handshake | undefined {
  if (!/^[0-9a-f]+$/i.test(clientPublic) || clientPublic.length > longestNumberHex + 2) return undefined;
  const a = BigInt(`0x${clientPublic}`);
  if (a % modulus === 0n || a >= modulus) return undefined;
  const verifier = BigInt(`0x${stored.verifier}`);
  const secret = getDiffieHellman("modp15");
  secret.generateKeys();
  const b = (multiplier * verifier + BigInt(`0x${secret.getPublicKey("hex")}`)) % modulus;
  const scramblerHex = createHash("sha256")
    .update(Buffer.from(toHex(a) + toHex(b), "hex"))
    .digest("hex");
  const scrambler = BigInt(`0x${scramblerHex}`);
  const base = (a * power(verifier, scrambler)) % modulus;
  // These three give a shared secret that needs no password.
  if (b === 0n || scrambler === 0n || base <= 1n || base === modulus - 1n) return undefined;
  const shared = sharedSecret(secret, base);
  if (shared === undefined) return undefined;
  const extracted = createHmac("sha256", Buffer.from(toHex(scrambler), "hex"))
    .update(Buffer.from(padHex(shared.toString("hex")), "hex"))
    .digest();
  const key = createHmac("sha256", extracted).update(keyLabel).digest().subarray(0, 16);
  return { serverPublic: b.toString(16), key };
}

/** OpenSSL refuses a base outside the subgroup that g spans. */
function sharedSecret(secret: ReturnType<typeof getDiffieHellman>, base: bigint): Buffer | undefined {
  const bytes = Buffer.from(base.toString(16).padStart(longestNumberHex, "0"), "hex");
  try {
    return secret.computeSecret(bytes);
  } catch {
    return undefined;
  }
}

/** Whether the client's signature over identity, secret block and timestamp was made with the same key. */
export function proofMatches(
  key: Uint8Array,
  proof: { readonly identity: string; readonly secretBlock: string; readonly timestamp: string },
  signature: string,
): boolean {
  const expected = createHmac("sha256", key)
    .update(proof.identity, "utf8")
    .update(Buffer.from(proof.secretBlock, "base64"))
    .update(proof.timestamp, "utf8")
    .digest();
  const given = Buffer.from(signature, "base64");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Hex of a non-negative number in two's complement: even length, a leading zero byte where the top bit is set. */
export function toHex(value: bigint): string {
  const hex = value.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return /^[89a-f]/i.test(even) ? `00${even}` : even;
}

function padHex(hex: string): string {
  return toHex(BigInt(`0x${hex}`));
}

function hashNumber(hex: string): bigint {
  return BigInt(`0x${createHash("sha256").update(Buffer.from(hex, "hex")).digest("hex")}`);
}

/** Square and multiply; exponents here are hashes, 256 bits at most. */
function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}
