import { decode, isGap } from "./cell.ts";
import { canonicalLabel } from "./label.ts";

/** Instead of a class index. */
export const noLabel = -1;
export const labelNotUtf8 = -2;
/** A class too many. */
export const labelBeyondLimit = -3;

const maxCachedSpellings = 1024;
const maxCachedBytes = 128;

/**
 * Numbers the classes of a label column in the order of their first row. A label that was seen before costs a look at its
 * bytes and makes no string.
 */
export class LabelIndex {
  /** Names by index. */
  readonly classes: string[] = [];
  readonly #maxClasses: number;
  readonly #nameOf: (text: string) => string;
  readonly #byName = new Map<string, number>();
  readonly #bySpelling = new Map<number, { readonly bytes: Uint8Array; readonly index: number }>();

  /**
   * @param classes those that have their numbers already
   * @param nameOf what a cell that is no gap names
   */
  constructor(maxClasses = Number.POSITIVE_INFINITY, classes: readonly string[] = [], nameOf = canonicalLabel) {
    this.#maxClasses = maxClasses;
    this.#nameOf = nameOf;
    for (const name of classes) this.#byName.set(name, this.classes.push(name) - 1);
  }

  /** @returns the class index, or one of the negative constants of this file */
  indexOf(cell: Uint8Array): number {
    const key = hash(cell);
    const known = this.#bySpelling.get(key);
    if (known && equal(known.bytes, cell)) return known.index;
    const text = decode(cell);
    if (text === undefined) return labelNotUtf8;
    const index = isGap(text) ? noLabel : this.#indexOfName(this.#nameOf(text));
    if (index !== labelBeyondLimit && cell.length <= maxCachedBytes && this.#bySpelling.size < maxCachedSpellings)
      this.#bySpelling.set(key, { bytes: cell.slice(), index });
    return index;
  }

  #indexOfName(name: string): number {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    if (this.classes.length >= this.#maxClasses) return labelBeyondLimit;
    const index = this.classes.push(name) - 1;
    this.#byName.set(name, index);
    return index;
  }
}

/** Numbers the nodes of a column; they are named as they stand: `1.1` and `1.10` are two. */
export function createNodeIndex(maxNodes?: number): LabelIndex {
  return new LabelIndex(maxNodes, [], (text) => text.trim());
}

function hash(bytes: Uint8Array): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i++) h = Math.imul(h ^ bytes[i], 0x01000193);
  return h;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
