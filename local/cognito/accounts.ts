import { createHmac, hkdfSync } from "node:crypto";
import type { IssuedCodes } from "./codes.ts";
import { type Lockout, noFailures } from "./lockout.ts";
import { disguisedVerifier, type Verifier } from "./srp.ts";
import type { PoolStore } from "./store.ts";
import { normalEmail, type User } from "./users.ts";

/** What guards an account against guessing. */
export type Guard = { readonly lockout: Lockout; readonly codes: IssuedCodes };

/**
 * Who a caller means by a name: a user, or for an unknown name a phantom, which has the same id, salt and limits
 * each time it is asked for and no password or code that fits. Both go the same way through every operation, so
 * that answers do not tell which names exist (RFC 5054, section 2.5.1.3).
 */
export type Account = {
  readonly alias: string;
  readonly username: string;
  readonly password: Verifier;
  readonly guard: Guard;
  readonly user: User | undefined;
};

const mostPhantoms = 10_000;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const untouched: Guard = { lockout: noFailures, codes: {} };

export class Accounts {
  readonly #store: PoolStore;
  readonly #secret: Uint8Array;
  readonly #phantoms = new Map<string, Guard>();

  constructor(store: PoolStore, secret: Uint8Array) {
    this.#store = store;
    this.#secret = secret;
  }

  /** @param alias an e-mail address in any spelling of its case, or a `sub`. */
  find(alias: string): Account {
    const user = this.#store.userByEmail(alias) ?? this.#store.userByUsername(alias);
    if (user !== undefined) {
      const guard = { lockout: user.lockout, codes: user.codes };
      return { alias, username: user.username, password: user.password, guard, user };
    }
    const name = normalEmail(alias);
    const guard = this.#phantoms.get(name) ?? untouched;
    return { alias, ...this.#disguise(name), guard, user: undefined };
  }

  /** The change is made at once, on what counts now, so that attempts at the same time count one by one. */
  async guard(account: Account, change: (guard: Guard) => Partial<Guard>): Promise<void> {
    if (account.user !== undefined) {
      await this.#store.changeUser(account.username, (user) => ({ ...user, ...change(user) }));
      return;
    }
    const name = normalEmail(account.alias);
    const former = this.#phantoms.get(name) ?? untouched;
    this.#phantoms.delete(name);
    this.#phantoms.set(name, { ...former, ...change(former) });
    if (this.#phantoms.size > mostPhantoms) {
      const oldest = this.#phantoms.keys().next();
      if (!oldest.done) this.#phantoms.delete(oldest.value);
    }
  }

  #disguise(name: string): { readonly username: string; readonly password: Verifier } {
    const draw = (purpose: string) => createHmac("sha256", this.#secret).update(`${purpose}\n${name}`).digest();
    const password = {
      salt: draw("salt").subarray(0, 16).toString("hex"),
      verifier: disguisedVerifier(new Uint8Array(hkdfSync("sha256", draw("verifier"), "", "verifier", 384))),
    };
    return { username: uuid.test(name) ? name : asUuid(draw("username")), password };
  }
}

function asUuid(bytes: Buffer): string {
  const drawn = Buffer.from(bytes.subarray(0, 16));
  drawn.writeUInt8((drawn.readUInt8(6) & 0x0f) | 0x40, 6);
  drawn.writeUInt8((drawn.readUInt8(8) & 0x3f) | 0x80, 8);
  return drawn.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
