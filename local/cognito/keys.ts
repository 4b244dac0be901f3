import { generateKeyPair, randomBytes } from "node:crypto";
import { chmod, open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { calculateJwkThumbprint, exportJWK, importJWK, type JWK } from "jose";

export type PoolKeys = {
  readonly keyId: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly publicJwk: JWK;
  /** 32 random bytes under which codes are hashed and unknown users get their stable disguise. */
  readonly secret: Uint8Array;
};

const schema = "user-pool-keys.v1";

/** Reads the pool's keys, or makes them at the first start. The file is readable by its owner only. */
export async function loadKeys(directory: string): Promise<PoolKeys> {
  const file = join(directory, "keys.json");
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return useKeys(await makeKeys(file));
  await chmod(file, 0o600);
  const stored: unknown = JSON.parse(text);
  if (!isStoredKeys(stored)) throw new Error(`${file} does not hold the keys of a user pool`);
  return useKeys(stored);
}

type StoredKeys = { readonly schema: typeof schema; readonly privateJwk: JWK; readonly secret: string };

function isStoredKeys(value: unknown): value is StoredKeys {
  return (
    typeof value === "object" &&
    value !== null &&
    "schema" in value &&
    value.schema === schema &&
    "privateJwk" in value &&
    "secret" in value &&
    typeof value.secret === "string"
  );
}

async function makeKeys(file: string): Promise<StoredKeys> {
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  const stored: StoredKeys = {
    schema,
    privateJwk: await exportJWK(privateKey),
    secret: randomBytes(32).toString("base64"),
  };
  const beside = `${file}.new`;
  const writing = await open(beside, "w", 0o600);
  try {
    await writing.writeFile(`${JSON.stringify(stored)}\n`);
    await writing.sync();
  } finally {
    await writing.close();
  }
  await rename(beside, file);
  return stored;
}

async function useKeys(stored: StoredKeys): Promise<PoolKeys> {
  const { kty, n, e } = stored.privateJwk;
  if (kty !== "RSA" || n === undefined || e === undefined) throw new Error("The user pool's key is no RSA key");
  const keyId = await calculateJwkThumbprint({ kty, n, e });
  const publicJwk: JWK = { kty, n, e, alg: "RS256", use: "sig", kid: keyId };
  return {
    keyId,
    privateKey: asCryptoKey(await importJWK(stored.privateJwk, "RS256")),
    publicKey: asCryptoKey(await importJWK(publicJwk, "RS256")),
    publicJwk,
    secret: Buffer.from(stored.secret, "base64"),
  };
}

function asCryptoKey(key: CryptoKey | Uint8Array): CryptoKey {
  if (key instanceof Uint8Array) throw new Error("The user pool's key is a symmetric one");
  return key;
}
