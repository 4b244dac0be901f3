import { createHash, getDiffieHellman, randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { answer, makeVerifier, passwordMatches, toHex } from "../../../local/cognito/srp.ts";

/** The parts of the browser library that decide how numbers become bytes. */
type BigInteger = { readonly modPow: unknown };
type AuthenticationHelper = {
  readonly hexHash: (hex: string) => string;
  readonly padHex: (value: BigInteger) => string;
  readonly computehkdf: (key: Buffer, salt: Buffer) => Uint8Array;
};
const require = createRequire(import.meta.url);
const { default: Helper } = require("amazon-cognito-identity-js/lib/AuthenticationHelper") as {
  readonly default: new (poolName: string) => AuthenticationHelper;
};
const { default: BigIntegerOf } = require("amazon-cognito-identity-js/lib/BigInteger") as {
  readonly default: new (hex: string, radix: number) => BigInteger;
};

const library = new Helper("LocalPool1");
const modulus = BigInt(`0x${getDiffieHellman("modp15").getPrime("hex")}`);
const identity = "LocalPool1c0ffee00-0000-4000-8000-000000000000";

function pad(value: bigint): string {
  return library.padHex(new BigIntegerOf(value.toString(16), 16));
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let rest = exponent, square = base; rest > 0n; rest >>= 1n, square = (square * square) % modulus) {
    if (rest & 1n) result = (result * square) % modulus;
  }
  return result;
}

/** The key as the library computes it, with the exponentiations done by native integers. */
function libraryKey(secret: bigint, serverPublicHex: string, salt: string, password: string): Buffer {
  const serverPublic = BigInt(`0x${serverPublicHex}`);
  const k = BigInt(`0x${library.hexHash(pad(modulus) + pad(2n))}`);
  const u = BigInt(`0x${library.hexHash(pad(power(2n, secret)) + pad(serverPublic))}`);
  const inner = createHash("sha256").update(`${identity}:${password}`, "utf8").digest("hex");
  const x = BigInt(`0x${library.hexHash(pad(BigInt(`0x${salt}`)) + inner)}`);
  const base = (((serverPublic - k * power(2n, x)) % modulus) + modulus) % modulus;
  const shared = power(base, secret + u * x);
  return Buffer.from(library.computehkdf(Buffer.from(pad(shared), "hex"), Buffer.from(pad(u), "hex")));
}

describe("SRP on the server's side", () => {
  it("draws the same key as the browser library whatever zeros lead or top bits are set", () => {
    const seen = { oddLength: 0, topBit: 0, shortSalt: 0 };
    for (let round = 0; round < 150; round++) {
      const password = randomBytes(9).toString("base64");
      const zeros = round % 3;
      const salt = Buffer.concat([Buffer.alloc(zeros), randomBytes(16 - zeros)]).toString("hex");
      // Small secrets give public numbers of one digit, odd lengths and set top bits.
      const secret = round < 20 ? BigInt(round + 1) : BigInt(`0x${randomBytes(20).toString("hex")}`);
      const clientPublic = power(2n, secret).toString(16);
      const stored = makeVerifier(identity, password, salt);
      const handshake = answer(clientPublic, stored);
      expect(handshake?.key).toEqual(libraryKey(secret, handshake?.serverPublic ?? "", salt, password));
      for (const hex of [clientPublic, handshake?.serverPublic ?? ""]) {
        if (hex.length % 2 === 1) seen.oddLength += 1;
        if (/^[89a-f]/.test(hex)) seen.topBit += 1;
      }
      if (salt.startsWith("00")) seen.shortSalt += 1;
    }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(10);
  });

  it("draws another key for another password", () => {
    const salt = randomBytes(16).toString("hex");
    const handshake = answer(power(2n, 12345n).toString(16), makeVerifier(identity, "right", salt));
    expect(handshake?.key).not.toEqual(libraryKey(12345n, handshake?.serverPublic ?? "", salt, "wrong"));
  });

  it("gives another public number each time", () => {
    const stored = makeVerifier(identity, "password", "00ff");
    const clientPublic = power(2n, 999n).toString(16);
    expect(answer(clientPublic, stored)?.serverPublic).not.toBe(answer(clientPublic, stored)?.serverPublic);
  });

  it.each([
    ["zero", "0"],
    ["N", modulus.toString(16)],
    ["2N", (2n * modulus).toString(16)],
    ["more than N", (modulus + 2n).toString(16)],
    ["no power of g", (modulus - 2n).toString(16)],
    ["no number", "xyz"],
    ["a negative number", "-5"],
    ["nothing", ""],
  ])("refuses a public number that is %s", (_, clientPublic) => {
    expect(answer(clientPublic, makeVerifier(identity, "password", "00ff"))).toBeUndefined();
  });

  it("writes numbers as two's complement bytes, like the browser library", () => {
    for (const value of [0n, 1n, 0x7fn, 0x80n, 0xffn, 0x100n, 0x7fffn, 0x8000n, 2n ** 255n, modulus]) {
      expect(toHex(value)).toBe(pad(value));
    }
  });

  it("tells a password from another by salt and verifier alone", () => {
    const stored = makeVerifier(identity, "pässword 🐎", "0a0b");
    expect(Object.keys(stored)).toEqual(["salt", "verifier"]);
    expect(passwordMatches(identity, "pässword 🐎", stored)).toBe(true);
    expect(passwordMatches(identity, "pässword", stored)).toBe(false);
    expect(passwordMatches(`${identity}0`, "pässword 🐎", stored)).toBe(false);
  });
});
