/** Distinct rows that are remembered: 64 MiB of hashes. */
export const maxRememberedRows = 4_194_304;

const initialSlots = 4_096;

/**
 * Remembers rows by a 64-bit hash (after MurmurHash3, Appleby 2011) to count those that come again. Up to
 * `maxRememberedRows` distinct rows; of the rows after that, only repetitions of remembered ones are recognised, so that
 * the count is then a lower bound. Two different rows share a hash with a chance below 10⁻⁶ even at that size.
 */
export class RowSet {
  /** Pairs of 32-bit halves; 0, 0 is an empty slot. */
  #slots = new Uint32Array(2 * initialSlots);
  #size = 0;
  readonly #capacity: number;

  constructor(capacity: number = maxRememberedRows) {
    this.#capacity = capacity;
  }

  /**
   * @param words the row's numbers as pairs of 32-bit words
   * @param label the row's class index
   * @returns whether an equal row was added before
   */
  addRow(words: Uint32Array, label: number): boolean {
    let h1 = label;
    let h2 = words.length;
    for (let i = 0; i < words.length; i += 2) {
      h1 ^= Math.imul(rotate(Math.imul(words[i], 0x239b961b), 15), 0xab0e9789);
      h1 = (Math.imul((rotate(h1, 19) + h2) | 0, 5) + 0x561ccd1b) | 0;
      h2 ^= Math.imul(rotate(Math.imul(words[i + 1], 0xab0e9789), 16), 0x38b34ae5);
      h2 = (Math.imul((rotate(h2, 17) + h1) | 0, 5) + 0x0bcaa747) | 0;
    }
    h1 = (finish(h1) + h2) | 0;
    h2 = (finish(h2) + h1) | 0;
    return this.add(h1, h2);
  }

  /** @returns whether the hash was added before */
  add(first: number, second: number): boolean {
    const high = first >>> 0;
    const low = high === 0 && second === 0 ? 1 : second >>> 0;
    const at = find(this.#slots, high, low);
    if (this.#slots[at] !== 0 || this.#slots[at + 1] !== 0) return true;
    if (this.#size >= this.#capacity) return false;
    this.#slots[at] = high;
    this.#slots[at + 1] = low;
    this.#size++;
    if (4 * this.#size > this.#slots.length) this.#grow();
    return false;
  }

  #grow(): void {
    const old = this.#slots;
    const slots = new Uint32Array(2 * old.length);
    for (let i = 0; i < old.length; i += 2) {
      if (old[i] === 0 && old[i + 1] === 0) continue;
      const at = find(slots, old[i], old[i + 1]);
      slots[at] = old[i];
      slots[at + 1] = old[i + 1];
    }
    this.#slots = slots;
  }
}

/** @returns the place of the hash, or of the empty slot where it belongs */
function find(slots: Uint32Array, high: number, low: number): number {
  const mask = slots.length - 1;
  let at = (2 * low) & mask;
  while ((slots[at] !== high || slots[at + 1] !== low) && (slots[at] !== 0 || slots[at + 1] !== 0))
    at = (at + 2) & mask;
  return at;
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

function finish(word: number): number {
  let h = word ^ (word >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
