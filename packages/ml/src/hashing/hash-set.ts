const initialSlots = 1_024;

/**
 * A set of 64-bit hashes with a bound: 16 to 32 bytes each. Different things share a hash with a chance below 10⁻⁶ among
 * 4 million.
 */
export class HashSet {
  /** Pairs of 32-bit halves; 0, 0 is an empty slot. */
  #slots = new Uint32Array(2 * initialSlots);
  #size = 0;
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#size;
  }

  get full(): boolean {
    return this.#size >= this.#capacity;
  }

  /**
   * Adds a hash unless the set is full.
   * @returns whether it was there before
   */
  add(high: number, low: number): boolean {
    const first = high >>> 0;
    const second = high === 0 && low === 0 ? 1 : low >>> 0;
    const at = find(this.#slots, first, second);
    if (this.#slots[at] !== 0 || this.#slots[at + 1] !== 0) return true;
    if (this.full) return false;
    this.#slots[at] = first;
    this.#slots[at + 1] = second;
    this.#size++;
    if (4 * this.#size > this.#slots.length) this.#grow();
    return false;
  }

  /** All halves, pair by pair. */
  toWords(): Uint32Array {
    const words = new Uint32Array(2 * this.#size);
    let length = 0;
    const slots = this.#slots;
    for (let i = 0; i < slots.length; i += 2) {
      if (slots[i] === 0 && slots[i + 1] === 0) continue;
      words[length++] = slots[i];
      words[length++] = slots[i + 1];
    }
    return words;
  }

  #grow(): void {
    const words = this.toWords();
    const slots = new Uint32Array(2 * this.#slots.length);
    for (let i = 0; i < words.length; i += 2) {
      const at = find(slots, words[i], words[i + 1]);
      slots[at] = words[i];
      slots[at + 1] = words[i + 1];
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
