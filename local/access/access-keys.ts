import { createHmac, randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { writeFileAtomically } from "../process/write-file-atomically.ts";
import { MemoryCredentialStore, type Principal } from "../sigv4/credential-store.ts";

export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/**
 * Access keys of the local stack's principals. They are derived from a secret of the data folder, so that what was
 * signed before a restart still holds after it.
 */
export class AccessKeys {
  readonly credentials = new MemoryCredentialStore();
  readonly #root: Buffer;

  /** @param secretPath file of the secret, made with mode 0600 where there is none. */
  constructor(secretPath: string) {
    if (!existsSync(secretPath)) writeFileAtomically(secretPath, randomBytes(32).toString("hex"));
    this.#root = Buffer.from(readFileSync(secretPath, "utf8").trim(), "hex");
  }

  /** @param holder who gets the key, such as the ARN of a function: one key for each holder. */
  issue(holder: string, principal: Principal): AccessKey {
    const derive = (purpose: string): Buffer =>
      createHmac("sha256", this.#root).update(`${purpose}:${holder}`).digest();
    const accessKeyId = `AKIA${derive("id").toString("hex").toUpperCase().slice(0, 16)}`;
    const secretAccessKey = derive("secret").toString("base64url").slice(0, 40);
    this.credentials.set(accessKeyId, { secret: secretAccessKey, principal });
    return { accessKeyId, secretAccessKey };
  }
}
