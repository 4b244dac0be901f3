/**
 * Which items of a stream have the least priorities, each in a slot (bottom-k sampling: E. Cohen, H. Kaplan,
 * "Summarizing data using bottom-k sketches", 2007).
 */
export class BottomK {
  readonly #capacity: number;
  readonly #priorities: Float64Array;
  /** Slots as a heap, the greatest priority first. */
  readonly #heap: Int32Array;
  #count = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#priorities = new Float64Array(capacity);
    this.#heap = new Int32Array(capacity);
  }

  /** Slots in use: 0 to `count - 1`. */
  get count(): number {
    return this.#count;
  }

  /** Of the slots in use. */
  get priorities(): Float64Array {
    return this.#priorities.subarray(0, this.#count);
  }

  /** @returns the slot that an item of this priority may take, −1 where it is not among the least */
  admit(priority: number): number {
    if (this.#count < this.#capacity) return this.#count;
    const greatest = this.#heap[0];
    return priority < this.#priorities[greatest] ? greatest : -1;
  }

  /** @param slot as `admit` answered */
  place(slot: number, priority: number): void {
    this.#priorities[slot] = priority;
    if (slot < this.#count) this.#sink();
    else this.#rise(slot);
  }

  /** Adds a slot to the heap. */
  #rise(slot: number): void {
    this.#heap[this.#count] = slot;
    let at = this.#count++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#greater(parent, at)) return;
      this.#swap(parent, at);
      at = parent;
    }
  }

  /** Puts the first of the heap in its place. */
  #sink(): void {
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      const right = left + 1;
      let greatest = at;
      if (left < this.#count && !this.#greater(greatest, left)) greatest = left;
      if (right < this.#count && !this.#greater(greatest, right)) greatest = right;
      if (greatest === at) return;
      this.#swap(at, greatest);
      at = greatest;
    }
  }

  #greater(first: number, second: number): boolean {
    return this.#priorities[this.#heap[first]] >= this.#priorities[this.#heap[second]];
  }

  #swap(first: number, second: number): void {
    const slot = this.#heap[first];
    this.#heap[first] = this.#heap[second];
    this.#heap[second] = slot;
  }
}

/** A fixed random number of 48 bits per row number (MurmurHash3's finalisers), so that every run samples alike. */
export function priorityOfRow(row: number): number {
  const low = row >>> 0;
  const high = Math.floor(row / 2 ** 32);
  return mix(low ^ mix(high ^ 0x9e3779b9)) * 2 ** 16 + (mix(low ^ 0x7f4a7c15) >>> 16);
}

function mix(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
