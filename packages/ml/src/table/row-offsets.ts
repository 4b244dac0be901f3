const lineFeed = 10;
const quote = 34;

/** Finds where every n-th row of a CSV file begins, as its bytes pass by; a line feed within quotes ends no row. */
export class RowOffsets {
  /** Byte offsets of the data rows 0, n, 2n, …, counted from the start of the file. */
  readonly offsets: number[] = [];
  readonly #every: number;
  #bytes = 0;
  /** Line feeds outside quotes so far; the first one ends the header. */
  #lines = 0;
  #quoted = false;
  #rowOpen = false;

  /** @param every n */
  constructor(every: number) {
    this.#every = every;
  }

  /** Data rows so far. */
  get rows(): number {
    return Math.max(0, this.#lines + (this.#rowOpen ? 1 : 0) - 1);
  }

  push(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      if (!this.#rowOpen) this.#begin(at);
      if (byte === quote) this.#quoted = !this.#quoted;
      else if (byte === lineFeed && !this.#quoted) {
        this.#lines++;
        this.#rowOpen = false;
      }
    }
    this.#bytes += chunk.length;
  }

  #begin(at: number): void {
    this.#rowOpen = true;
    if (this.#lines > 0 && (this.#lines - 1) % this.#every === 0) this.offsets.push(this.#bytes + at);
  }
}
