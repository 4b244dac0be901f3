import { BottomK, priorityOfRow } from "./bottom-k.ts";
import { gapPlace, placeOf } from "./place-of.ts";
import type { Reference } from "./reference.ts";

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
 * rows of least priority stay; so the parts of a file, merged in any order, give the sample of the whole.
 */
export class RowSample {
  readonly #reference: Reference;
  readonly #places: Uint8Array;
  readonly #classes: Uint16Array;
  readonly #slots: BottomK;

  constructor(reference: Reference) {
    this.#reference = reference;
    const columns = reference.columns.length;
    const capacity = Math.max(leastRows, Math.min(mostRows, Math.floor(mostCells / columns)));
    this.#places = new Uint8Array(capacity * columns);
    this.#classes = new Uint16Array(capacity);
    this.#slots = new BottomK(capacity);
  }

  get rows(): number {
    return this.#slots.count;
  }

  /**
   * @param row number of the row in the whole file
   * @param diagnosis class index
   * @param values one per column of the reference, from `offset`
   */
  add(row: number, diagnosis: number, values: Float32Array, offset: number): void {
    const priority = priorityOfRow(row);
    const slot = this.#slots.admit(priority);
    if (slot < 0) return;
    const { columns } = this.#reference;
    const to = slot * columns.length;
    for (let i = 0; i < columns.length; i++) this.#places[to + i] = placeOf(columns[i].cuts, values[offset + i]);
    this.#classes[slot] = diagnosis;
    this.#slots.place(slot, priority);
  }

  merge(state: RowSampleState): void {
    const width = this.#reference.columns.length;
    const places = Buffer.from(state.places, "base64");
    for (const [index, priority] of state.priorities.entries()) {
      const slot = this.#slots.admit(priority);
      if (slot < 0) continue;
      this.#places.set(places.subarray(index * width, (index + 1) * width), slot * width);
      this.#classes[slot] = state.classes[index];
      this.#slots.place(slot, priority);
    }
  }

  toJSON(): RowSampleState {
    const places = this.#places.subarray(0, this.rows * this.#reference.columns.length);
    return {
      priorities: Array.from(this.#slots.priorities),
      classes: Array.from(this.#classes.subarray(0, this.rows)),
      places: Buffer.from(places.buffer, places.byteOffset, places.byteLength).toString("base64"),
    };
  }

  /** Sampled rows per diagnosed class. */
  classRows(): Int32Array {
    const rows = new Int32Array(this.#reference.classCount);
    for (let slot = 0; slot < this.rows; slot++) rows[this.#classes[slot]]++;
    return rows;
  }

  /** Sampled rows per place of a column, gaps apart. */
  columnRows(column: number): { readonly places: Int32Array; readonly gaps: number } {
    const { columns } = this.#reference;
    const places = new Int32Array(2 * columns[column].cuts.length + 1);
    let gaps = 0;
    for (let slot = 0; slot < this.rows; slot++) {
      const place = this.#places[slot * columns.length + column];
      if (place === gapPlace) gaps++;
      else places[place]++;
    }
    return { places, gaps };
  }
}
