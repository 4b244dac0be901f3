import { carriageReturn, decode, decodeLossy, lineFeed, quote, space, tab } from "./cell.ts";
import type { Delimiter } from "./dialect.ts";
import { showForeignText } from "./foreign-file.ts";
import { bytesAfterData, parseNumberAt } from "./parse-number.ts";
import { isBlank, unquote } from "./quoted-cell.ts";
import { quotedBytes, readNumberCell } from "./read-number-cell.ts";
import type { RowProblem } from "./row-problem.ts";

/** What is done with a column: its number goes into this place of `values`, or… */
export type ColumnUse = number;
/** …its bytes are kept for `cell` and `text`, or… */
export const keepText: ColumnUse = -1;
/** …nothing. */
export const skipColumn: ColumnUse = -2;

export const maxCellBytes = 65_536;
/** A row that is longer ends the reading. */
export const maxRowBytes = 16 * 1024 * 1024;
/** Instead of a position: more bytes are needed to tell. */
const incomplete = -1;
/** From here down, instead of a position: a broken quote. */
const brokenAt = -2;
const maxProblemsPerRow = 100;

export interface CsvReaderOptions {
  readonly delimiter: Delimiter;
  /** One use per column of the header. */
  readonly uses: readonly ColumnUse[];
  /** false: only the float32 next to each value is that of its text, which is quicker. */
  readonly exact: boolean;
  /** Number of the first row, 1 unless the bytes begin further down in the file. */
  readonly firstRow?: number;
}

/**
 * Reads the rows of a CSV file (RFC 4180, with `,`, `;` or tab) from chunks of bytes. Numbers go straight from the
 * bytes into `values`; no strings are made for them. Blank lines are skipped. After `push`, call `readRow` until it
 * says false; after the last chunk, `finish` and `readRow` again. Holds one chunk and one row.
 */
export class CsvReader {
  /** Numbers of the current row; a gap is NaN, and so is what is no finite number. */
  readonly values: Float64Array;
  /** What is wrong with the current row, the first hundred things; overwritten by the next row. */
  readonly problems: RowProblem[] = [];
  /** How many things are wrong with the current row. */
  problemCount = 0;
  /** Number of the current row. */
  rowNumber: number;
  /** Set when a row is longer than `maxRowBytes`: nothing more can be read. */
  rowTooLong = false;

  readonly #delimiter: number;
  readonly #uses: Int32Array;
  readonly #exact: boolean;
  readonly #textStart: Int32Array;
  readonly #textEnd: Int32Array;
  #buffer = new Uint8Array(1 << 16);
  #view = new DataView(this.#buffer.buffer);
  #position = 0;
  #end = 0;
  /** Position in the input of the buffer's first byte. */
  #base = 0;
  #finished = false;
  /** A row that was incomplete is not tried again before this many bytes are there. */
  #tryAgainAt = 0;

  constructor(options: CsvReaderOptions) {
    this.#delimiter = options.delimiter.charCodeAt(0);
    this.#uses = Int32Array.from(options.uses);
    this.#exact = options.exact;
    this.values = new Float64Array(options.uses.reduce((most, use) => Math.max(most, use + 1), 0));
    this.#textStart = new Int32Array(options.uses.length);
    this.#textEnd = new Int32Array(options.uses.length);
    this.rowNumber = (options.firstRow ?? 1) - 1;
  }

  /** Bytes of the input up to the end of the current row. */
  get endByte(): number {
    return this.#base + this.#position;
  }

  /** Adds bytes; they are copied. */
  push(bytes: Uint8Array): void {
    const left = this.#end - this.#position;
    const needed = left + bytes.length + bytesAfterData;
    if (needed > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(needed, 2 * left));
      larger.set(this.#buffer.subarray(this.#position, this.#end));
      this.#buffer = larger;
      this.#view = new DataView(larger.buffer);
    } else {
      this.#buffer.copyWithin(0, this.#position, this.#end);
    }
    this.#buffer.set(bytes, left);
    this.#base += this.#position;
    this.#position = 0;
    this.#end = left + bytes.length;
    this.#buffer[this.#end] = 0;
  }

  /** Says that no more bytes come, so that the last row needs no line feed. */
  finish(): void {
    this.#finished = true;
  }

  /** @returns false where more bytes are needed, or after `finish` none are left */
  readRow(): boolean {
    if (this.rowTooLong) return false;
    if (!this.#finished && this.#end - this.#position < this.#tryAgainAt) return false;
    const start = this.#skipBlankLines();
    if (start === this.#end) return false;
    this.#position = start;
    if (this.problemCount > 0) this.#forgetProblems();
    const end = this.#scanRow(start);
    if (end === incomplete) {
      const length = this.#end - start;
      this.#tryAgainAt = 2 * length;
      this.rowTooLong = length > maxRowBytes;
      return false;
    }
    this.#tryAgainAt = 0;
    this.#position = end;
    this.rowNumber++;
    return true;
  }

  /** Bytes of a `keepText` cell without blanks and quotes; valid until the next `push` or `readRow`. */
  cell(column: number): Uint8Array {
    const bytes = this.#buffer.subarray(this.#textStart[column], this.#textEnd[column]);
    return bytes.length > 0 && bytes[0] === quote ? unquote(bytes) : bytes;
  }

  /** Text of a `keepText` cell; undefined where it is not UTF-8. */
  text(column: number): string | undefined {
    return decode(this.cell(column));
  }

  #skipBlankLines(): number {
    const buffer = this.#buffer;
    const delimiter = this.#delimiter;
    let start = this.#position;
    let p = start;
    for (;;) {
      const byte = buffer[p];
      if (byte === lineFeed) start = p + 1;
      else if (p === this.#end) return this.#finished ? p : start;
      else if ((byte !== space && byte !== carriageReturn && byte !== tab) || byte === delimiter) return start;
      p++;
    }
  }

  /** @returns the position after the row, or `incomplete` */
  #scanRow(start: number): number {
    const buffer = this.#buffer;
    const view = this.#view;
    const end = this.#end;
    const delimiter = this.#delimiter;
    const uses = this.#uses;
    const values = this.values;
    const columnCount = uses.length;
    const exact = this.#exact;
    let p = start;
    for (let column = 0; ; column++) {
      const use = column < columnCount ? uses[column] : skipColumn;
      if (use >= 0) {
        const after = parseNumberAt(view, p, values, use, exact);
        if (after > 0) {
          const byte = buffer[after];
          if (byte === delimiter) {
            p = after + 1;
            continue;
          }
          if (byte === lineFeed) return this.#endRow(column + 1, after + 1);
          if (byte === carriageReturn && buffer[after + 1] === lineFeed) return this.#endRow(column + 1, after + 2);
        } else if (buffer[p] === delimiter) {
          values[use] = Number.NaN;
          p++;
          continue;
        }
      }
      p = this.#scanCell(column, p, use);
      if (p === incomplete) return incomplete;
      if (p < end && buffer[p] === delimiter) {
        p++;
        continue;
      }
      // A broken quote ends its row at the end of its line, wherever the cell seemed to end.
      return this.#endRow(column + 1, p < end ? p + 1 : p);
    }
  }

  /** @returns the position of the byte that ends the cell: delimiter, line feed or the end; or `incomplete` */
  #scanCell(column: number, start: number, use: ColumnUse): number {
    const buffer = this.#buffer;
    const end = this.#end;
    const delimiter = this.#delimiter;
    let p = start;
    while (buffer[p] === space || (buffer[p] === tab && delimiter !== tab)) p++;
    const first = p;
    if (buffer[p] === quote) {
      p = this.#scanQuoted(column, p);
      if (p === incomplete) return incomplete;
      if (p < 0) {
        if (use >= 0) this.values[use] = Number.NaN;
        else if (use === keepText) this.#textStart[column] = this.#textEnd[column] = start;
        return brokenAt - p;
      }
    }
    let byte = buffer[p];
    while (byte !== delimiter && byte !== lineFeed && p < end) byte = buffer[++p];
    if (p === end && !this.#finished) return incomplete;
    let last = p;
    while (last > first && isBlank(buffer[last - 1])) last--;
    if (last - first > maxCellBytes) this.#problem("cell-too-long", column, first, last);
    else if (use >= 0) {
      const cell = { buffer, view: this.#view, first, last };
      const wrong = readNumberCell(cell, this.values, use, this.#exact);
      if (wrong !== undefined) this.#problem(wrong, column, first, last);
    }
    if (use === keepText) {
      this.#textStart[column] = first;
      this.#textEnd[column] = Math.min(last, first + maxCellBytes);
    }
    return p;
  }

  /**
   * A quote that a line feed comes before closes the cell only where the cell ends with it: else every quote that is
   * never closed would take the rows up to the next one.
   * @returns the position after the closing quote; `incomplete` where that is not there yet; where the quote is broken,
   *   `brokenAt` minus the position at which reading goes on, the end of the line of the opening quote
   */
  #scanQuoted(column: number, start: number): number {
    const buffer = this.#buffer;
    const end = this.#end;
    let lineEnd = -1;
    let p = start + 1;
    for (; p < end; p++) {
      const byte = buffer[p];
      if (byte === quote) {
        if (buffer[p + 1] !== quote) {
          if (p + 1 === end && !this.#finished) return incomplete;
          const next = lineEnd < 0 ? lineFeed : this.#afterBlanks(p + 1);
          if (next === incomplete) return incomplete;
          if (next === lineFeed || next === this.#delimiter) return p + 1;
          break;
        }
        p++;
      } else if (byte === lineFeed && lineEnd < 0) lineEnd = p;
      if (lineEnd >= 0 && p - start > maxCellBytes) break;
    }
    if (p >= end && !this.#finished && (lineEnd < 0 || end - start <= maxCellBytes)) return incomplete;
    const resume = lineEnd < 0 ? end : lineEnd;
    this.#problem("unclosed-quote", column, start, resume);
    return brokenAt - resume;
  }

  /** @returns the first byte that is not blank, a line feed for the end of the input, or `incomplete` */
  #afterBlanks(position: number): number {
    const buffer = this.#buffer;
    let p = position;
    while (p < this.#end && isBlank(buffer[p]) && buffer[p] !== this.#delimiter) p++;
    if (p < this.#end) return buffer[p];
    return this.#finished ? lineFeed : incomplete;
  }

  #endRow(cellCount: number, position: number): number {
    const columnCount = this.#uses.length;
    if (cellCount === columnCount) return position;
    for (let column = cellCount; column < columnCount; column++) {
      const use = this.#uses[column];
      if (use >= 0) this.values[use] = Number.NaN;
      this.#textStart[column] = this.#textEnd[column] = position;
    }
    if (this.problems.at(-1)?.code === "unclosed-quote") return position;
    // What else seems wrong may only have been shifted.
    this.#forgetProblems();
    const code = cellCount < columnCount ? "too-few-cells" : "too-many-cells";
    this.problemCount = this.problems.push({
      code,
      column: Math.min(cellCount, columnCount) - 1,
      found: String(cellCount),
    });
    return position;
  }

  #forgetProblems(): void {
    this.problems.length = 0;
    this.problemCount = 0;
  }

  #problem(code: RowProblem["code"], column: number, first: number, last: number): void {
    this.problemCount++;
    if (this.problems.length >= maxProblemsPerRow) return;
    const bytes = this.#buffer.subarray(first, Math.min(last, first + quotedBytes));
    const found = code === "not-utf8" ? showForeignText(bytes) : decodeLossy(bytes);
    this.problems.push({ code, column, found });
  }
}
