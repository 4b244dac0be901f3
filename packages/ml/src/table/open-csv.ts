import { decode, decodeLossy, lineFeed, quote } from "./cell.ts";
import { type Delimiter, type Dialect, detectDelimiter } from "./dialect.ts";
import { foreignFile, showForeignText, signatureBytes } from "./foreign-file.ts";
import { plainBytes } from "./gunzip.ts";
import { type Finding, shorten, TableError } from "./table-error.ts";

/** A header longer than this is none. */
const maxHeaderBytes = 4 * 1024 * 1024;

const maxPieceBytes = 1024 * 1024;

export interface OpenCsv {
  readonly dialect: Dialect;
  /** Header cells without blanks and quotes, in the order of the file. */
  readonly columns: readonly string[];
  /** Uncompressed bytes before the first row. */
  readonly headerBytes: number;
  /** Bytes of the rows; can be read once. */
  readonly rows: AsyncGenerator<Uint8Array>;
}

export interface OpenCsvOptions {
  /** Receives every chunk of the uncompressed file before it is read on; awaited. */
  readonly onPlainBytes?: (bytes: Uint8Array) => void | Promise<void>;
}

/**
 * Opens a CSV file: gzip or not, with or without byte order mark, with `,` `;` or tab.
 * @throws TableError `empty-file`, `not-csv`, `not-utf8`, `missing-header`, `carriage-returns-only`, `unclosed-quote` or
 *   `not-gzip`
 */
export async function openCsv(source: AsyncIterable<Uint8Array>, options: OpenCsvOptions = {}): Promise<OpenCsv> {
  const plain = await plainBytes(source);
  const chunks = options.onPlainBytes ? tap(plain.chunks, options.onPlainBytes) : plain.chunks;
  try {
    let head: Uint8Array = new Uint8Array(0);
    for (;;) {
      const next = await chunks.next();
      if (!next.done) head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
      const header = readHeader(head, next.done === true);
      if (header) {
        const { byteOrderMark, delimiter, columns, headerBytes } = header;
        const dialect: Dialect = { delimiter, byteOrderMark, compression: plain.compression };
        return { dialect, columns, headerBytes, rows: startWith(head.subarray(headerBytes), chunks) };
      }
    }
  } catch (error) {
    await chunks.return(undefined);
    throw error;
  }
}

async function* tap(
  chunks: AsyncGenerator<Uint8Array>,
  sink: (bytes: Uint8Array) => void | Promise<void>,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    await sink(chunk);
    yield chunk;
  }
}

async function* startWith(first: Uint8Array, chunks: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* inPieces(first);
    for await (const chunk of chunks) yield* inPieces(chunk);
  } finally {
    await chunks.return(undefined);
  }
}

/** Readers copy what they are given: a file that comes as one chunk is not to be in memory twice. */
function* inPieces(chunk: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < chunk.length; at += maxPieceBytes) yield chunk.subarray(at, at + maxPieceBytes);
}

interface Header {
  readonly byteOrderMark: boolean;
  readonly delimiter: Delimiter;
  readonly columns: readonly string[];
  readonly headerBytes: number;
}

/** @returns undefined where the header's end is not there yet */
function readHeader(bytes: Uint8Array, last: boolean): Header | undefined {
  if (bytes.length < signatureBytes && !last) return undefined;
  const other = foreignFile(bytes);
  if (other !== undefined) throw new TableError({ code: "not-csv", found: other, expected: "CSV" });
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (utf16) throw new TableError({ code: "not-utf8", row: 0, found: "UTF-16", expected: "UTF-8" });
  const byteOrderMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  let start = byteOrderMark ? 3 : 0;
  let quoted = false;
  for (let p = start; p <= bytes.length; p++) {
    const atEnd = p === bytes.length;
    if (atEnd && !last) break;
    if (!atEnd && bytes[p] === quote) quoted = !quoted;
    if (!atEnd && (bytes[p] !== lineFeed || quoted)) continue;
    const text = decode(bytes.subarray(start, p));
    if (text?.trim() === "" && !atEnd) {
      start = p + 1;
      continue;
    }
    if (text?.trim() === "") throw new TableError({ code: "empty-file" });
    if (text === undefined || text.includes("\0")) {
      const found = shorten(showForeignText(bytes.subarray(start, p)));
      throw new TableError({ code: "not-utf8", row: 0, found, expected: "UTF-8" });
    }
    if (quoted) {
      const found = shorten(text.trim().split("\n")[0]);
      throw new TableError({ code: "unclosed-quote", row: 0, found, expected: '"' });
    }
    if (endsLinesWithReturns(text)) throw new TableError(carriageReturnsOnly);
    const delimiter = detectDelimiter(text);
    return {
      byteOrderMark,
      delimiter,
      columns: splitCells(text, delimiter),
      headerBytes: Math.min(p + 1, bytes.length),
    };
  }
  if (bytes.length > maxHeaderBytes) {
    const text = decodeLossy(bytes.subarray(start, start + 400));
    if (endsLinesWithReturns(text)) throw new TableError(carriageReturnsOnly);
    const found = shorten(text);
    throw new TableError({ code: "missing-header", row: 0, found, expected: "column names" });
  }
  return undefined;
}

const carriageReturnsOnly: Finding = { code: "carriage-returns-only", row: 0, found: "CR", expected: "LF" };

/** Whether what should be one line has a carriage return within it that no quotes stand around. */
function endsLinesWithReturns(text: string): boolean {
  return /\r(?!\r*$)/.test(text.replace(/"[^"]*"?/g, ""));
}

/** Cells of a header line without blanks and quotes around them. */
function splitCells(line: string, delimiter: Delimiter): string[] {
  const cells: string[] = [];
  let start = 0;
  let quoted = false;
  for (let i = 0; i <= line.length; i++) {
    if (line[i] === '"') quoted = !quoted;
    if (i < line.length && (quoted || line[i] !== delimiter)) continue;
    const cell = line.slice(start, i).trim();
    const inner = /^"((?:[^"]|"")*)"$/s.exec(cell);
    cells.push(inner ? inner[1].replaceAll('""', '"').trim() : cell);
    start = i + 1;
  }
  return cells;
}
