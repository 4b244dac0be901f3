import type { ByteRange } from "./profile.ts";

/** Cuts a table into byte ranges of at least `rangeBytes` that end where rows end. */
export class RangeBuilder {
  readonly ranges: ByteRange[] = [];
  readonly #rangeBytes: number;
  #firstByte: number;
  #endByte: number;
  #firstRow = 1;
  #rows = 0;

  /** @param firstByte where the header ends */
  constructor(rangeBytes: number, firstByte: number) {
    this.#rangeBytes = rangeBytes;
    this.#firstByte = firstByte;
    this.#endByte = firstByte;
  }

  /** @param endByte the first byte after the row */
  addRow(endByte: number): void {
    this.#rows++;
    this.#endByte = endByte;
    if (endByte - this.#firstByte >= this.#rangeBytes) this.#close();
  }

  finish(): ByteRange[] {
    if (this.#rows > 0) this.#close();
    return this.ranges;
  }

  #close(): void {
    const range = { firstByte: this.#firstByte, endByte: this.#endByte, firstRow: this.#firstRow, rows: this.#rows };
    this.ranges.push(range);
    this.#firstByte = this.#endByte;
    this.#firstRow += this.#rows;
    this.#rows = 0;
  }
}
