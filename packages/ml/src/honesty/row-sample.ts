import { gapPlace, placeOf, type Reference } from "./reference.ts";

/** A sample as JSON. */
export interface RowSampleState {
  readonly priorities: readonly number[];
  readonly classes: readonly number[];
  /** Base64 of `rows × columns` places, row by row. */
  readonly places: string;
}

const mostRows = 2_048;
/** Bounds the sample of many KPIs. */
const mostCells = 2 ** 20;
const leastRows = 64;

/**
 * A sample of a file's rows, as places between the cuts of a reference. Each row number has a random priority, and the
 * rows of least priority stay (bottom-k sampling: E. Cohen, H. Kaplan, "Summarizing data using bottom-k sketches",
 * 2007); so the parts of a file, merged in any order, give the sample of the whole.
 */
export class RowSample {
  readonly #reference: Reference;
  readonly #capacity: number;
  readonly #places: Uint8Array;
  readonly #classes: Uint16Array;
  readonly #priorities: Float64Array;
  /** Slots as a heap, the greatest priority first. */
  readonly #heap: Int32Array;
  #rows = 0;

  constructor(reference: Reference) {
    this.#reference = reference;
    const columns = reference.columns.length;
    this.#capacity = Math.max(leastRows, Math.min(mostRows, Math.floor(mostCells / columns)));
    this.#places = new Uint8Array(this.#capacity * columns);
    this.#classes = new Uint16Array(this.#capacity);
    this.#priorities = new Float64Array(this.#capacity);
    this.#heap = new Int32Array(this.#capacity);
  }

  get rows(): number {
    return this.#rows;
  }

  /**
   * @param row number of the row in the whole file
   * @param diagnosis class index
   * @param values one per column of the reference, from `offset`
   */
  add(row: number, diagnosis: number, values: Float32Array, offset: number): void {
    const priority = priorityOf(row);
    const slot = this.#admit(priority);
    if (slot < 0) return;
    const { columns } = this.#reference;
    const to = slot * columns.length;
    for (let i = 0; i < columns.length; i++) this.#places[to + i] = placeOf(columns[i].cuts, values[offset + i]);
    this.#classes[slot] = diagnosis;
    this.#place(slot, priority);
  }

  merge(state: RowSampleState): void {
    const width = this.#reference.columns.length;
    const places = Buffer.from(state.places, "base64");
    for (const [index, priority] of state.priorities.entries()) {
      const slot = this.#admit(priority);
      if (slot < 0) continue;
      this.#places.set(places.subarray(index * width, (index + 1) * width), slot * width);
      this.#classes[slot] = state.classes[index];
      this.#place(slot, priority);
    }
  }

  toJSON(): RowSampleState {
    const places = this.#places.subarray(0, this.#rows * this.#reference.columns.length);
    return {
      priorities: Array.from(this.#priorities.subarray(0, this.#rows)),
      classes: Array.from(this.#classes.subarray(0, this.#rows)),
      places: Buffer.from(places.buffer, places.byteOffset, places.byteLength).toString("base64"),
    };
  }

  /** Sampled rows per diagnosed class. */
  classRows(): Int32Array {
    const rows = new Int32Array(this.#reference.classCount);
    for (let slot = 0; slot < this.#rows; slot++) rows[this.#classes[slot]]++;
    return rows;
  }

  /** Sampled rows per place of a column, gaps apart. */
  columnRows(column: number): { readonly places: Int32Array; readonly gaps: number } {
    const { columns } = this.#reference;
    const places = new Int32Array(2 * columns[column].cuts.length + 1);
    let gaps = 0;
    for (let slot = 0; slot < this.#rows; slot++) {
      const place = this.#places[slot * columns.length + column];
      if (place === gapPlace) gaps++;
      else places[place]++;
    }
    return { places, gaps };
  }

  /** @returns the slot that a row of this priority may take, −1 where it is not among the least */
  #admit(priority: number): number {
    if (this.#rows < this.#capacity) return this.#rows;
    const greatest = this.#heap[0];
    return priority < this.#priorities[greatest] ? greatest : -1;
  }

  #place(slot: number, priority: number): void {
    this.#priorities[slot] = priority;
    if (slot < this.#rows) this.#sink();
    else this.#rise(slot);
  }

  /** Adds a slot to the heap. */
  #rise(slot: number): void {
    this.#heap[this.#rows] = slot;
    let at = this.#rows++;
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
      if (left < this.#rows && !this.#greater(greatest, left)) greatest = left;
      if (right < this.#rows && !this.#greater(greatest, right)) greatest = right;
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
function priorityOf(row: number): number {
  const low = row >>> 0;
  const high = Math.floor(row / 2 ** 32);
  return mix(low ^ mix(high ^ 0x9e3779b9)) * 2 ** 16 + (mix(low ^ 0x7f4a7c15) >>> 16);
}

function mix(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
