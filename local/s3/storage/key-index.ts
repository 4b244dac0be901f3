import { compareKeys } from "./key-order.ts";
import type { ObjectRecord } from "./object-record.ts";

/** The objects of a bucket in memory, by key and in the order of keys. */
export class KeyIndex {
  readonly #records = new Map<string, ObjectRecord>();
  readonly #keys: string[];

  constructor(records: Iterable<ObjectRecord>) {
    for (const record of records) this.#records.set(record.key, record);
    this.#keys = [...this.#records.keys()].sort(compareKeys);
  }

  get(key: string): ObjectRecord | undefined {
    return this.#records.get(key);
  }

  records(): IterableIterator<ObjectRecord> {
    return this.#records.values();
  }

  set(record: ObjectRecord): void {
    if (!this.#records.has(record.key)) this.#keys.splice(this.#firstAtOrAfter(record.key), 0, record.key);
    this.#records.set(record.key, record);
  }

  delete(key: string): void {
    if (this.#records.delete(key)) this.#keys.splice(this.#firstAtOrAfter(key), 1);
  }

  /** Index of the first key that is not before `key`. */
  #firstAtOrAfter(key: string): number {
    return this.#search((candidate) => compareKeys(candidate, key) < 0);
  }

  /**
   * The first key that is at or after `start` (after it, if `exclusive`), or undefined. Finding it takes a binary
   * search, so that a listing can leap over a common prefix of any size.
   */
  next(start: string, exclusive: boolean): string | undefined {
    return this.#keys[
      this.#search((candidate) => {
        const order = compareKeys(candidate, start);
        return exclusive ? order <= 0 : order < 0;
      })
    ];
  }

  /** The first key after all keys that begin with `prefix`. */
  nextPastPrefix(prefix: string): string | undefined {
    return this.#keys[this.#search((candidate) => candidate.startsWith(prefix) || compareKeys(candidate, prefix) < 0)];
  }

  #search(isBefore: (key: string) => boolean): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBefore(this.#keys[middle]!)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
