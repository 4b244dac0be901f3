import { HashSet } from "../hashing/hash-set.ts";
import { hashBytes } from "../hashing/hash64.ts";

/** Ids that are remembered by hash; beyond, only rising numbers are known to be unique. */
const maxRememberedIds = 4_194_304;
/** So few ids may be rising by chance: their hashes are told all the same. */
const idsThatMayRiseByChance = 16;

/** What a tracker of a part of a table tells. */
export interface IdTrackerState {
  readonly count: number;
  /** First and last id where all are whole numbers, each larger than the one before. */
  readonly rising: readonly [number, number] | null;
  /** Base64 of pairs of little-endian 32-bit words; null where they are not told. */
  readonly hashes: string | null;
  readonly repeated: boolean;
}

/**
 * Finds out whether ids are unique, in bounded memory: by 64-bit hashes of the first 4 million ids, and at any number
 * where they are rising whole numbers. Parts of a table can be merged. Where neither proof holds, ids count as not
 * unique.
 */
export class IdTracker {
  #count = 0;
  #repeated = false;
  /** First and last of each part that is rising; undefined once one is not. */
  #rising: [number, number][] | undefined = [];
  /** Undefined once there are ids that it does not hold. */
  #hashes: HashSet | undefined = new HashSet(maxRememberedIds);
  readonly #hash = new Uint32Array(2);

  add(id: Uint8Array): void {
    this.#count++;
    this.#addRising(wholeNumber(id));
    if (!this.#hashes) return;
    hashBytes(id, this.#hash);
    this.#addHash(this.#hash[0], this.#hash[1]);
  }

  /** Adds the ids of another part of the table. */
  merge(part: IdTrackerState): void {
    this.#count += part.count;
    this.#repeated ||= part.repeated;
    if (part.count === 0) return;
    if (part.rising) this.#rising?.push([part.rising[0], part.rising[1]]);
    else this.#rising = undefined;
    if (part.hashes === null) this.#hashes = undefined;
    else {
      const bytes = Buffer.from(part.hashes, "base64");
      for (let at = 0; at + 8 <= bytes.length; at += 8)
        this.#addHash(bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4));
    }
  }

  get unique(): boolean {
    if (this.#repeated) return false;
    return this.#hashes !== undefined || (this.#rising !== undefined && areDisjoint(this.#rising));
  }

  toJSON(): IdTrackerState {
    const rising = this.#rising?.length === 1 ? this.#rising[0] : null;
    const tellHashes = !rising || this.#count <= idsThatMayRiseByChance;
    const hashes = tellHashes && this.#hashes ? toBase64(this.#hashes.toWords()) : null;
    return { count: this.#count, rising, hashes, repeated: this.#repeated };
  }

  #addRising(number: number | undefined): void {
    if (!this.#rising) return;
    const range = this.#rising.at(-1);
    if (number === undefined || (range && number <= range[1])) this.#rising = undefined;
    else if (range) range[1] = number;
    else this.#rising.push([number, number]);
  }

  #addHash(high: number, low: number): void {
    if (!this.#hashes) return;
    if (this.#hashes.add(high, low)) this.#repeated = true;
    else if (this.#hashes.full) this.#hashes = undefined;
  }
}

function areDisjoint(ranges: readonly (readonly [number, number])[]): boolean {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0]);
  return sorted.every(([first], i) => i === 0 || first > sorted[i - 1][1]);
}

function toBase64(words: Uint32Array): string {
  const bytes = Buffer.alloc(4 * words.length);
  for (let i = 0; i < words.length; i++) bytes.writeUInt32LE(words[i], 4 * i);
  return bytes.toString("base64");
}

/** The number that a text of up to 15 digits without leading zeros is. */
function wholeNumber(bytes: Uint8Array): number | undefined {
  if (bytes.length === 0 || bytes.length > 15 || (bytes[0] === 48 && bytes.length > 1)) return undefined;
  let value = 0;
  for (let i = 0; i < bytes.length; i++) {
    const digit = bytes[i] ^ 48;
    if (digit > 9) return undefined;
    value = 10 * value + digit;
  }
  return value;
}
