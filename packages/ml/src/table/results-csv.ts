import type { RowVerdict } from "../anomaly/row-judge.ts";
import { carriageReturn, lineFeed, quote, tab } from "./cell.ts";
import { parseNumber } from "./parse-number.ts";

const comma = 44;
const apostrophe = 39;
const minus = 45;
const point = 46;
const zero = 48;
/** What a spreadsheet takes for the beginning of a formula. */
const formulaStarts: ReadonlySet<number> = new Set([..."=+-@\t\r"].map((character) => character.charCodeAt(0)));
const decimals = 6;
const noveltyDecimals = 4;
const mostNovelty = 1e6;
const initialBytes = 64 * 1024;
/** Room for the row number, the confidence, the novelty, the KPIs beyond, delimiters and the line feed. */
const fixedBytesPerRow = 96;
const bytesPerProbability = decimals + 3;

export interface ResultsColumns {
  /** Header of the id column, where the table has one. */
  readonly idColumn?: string;
  readonly classes: readonly string[];
  /** Whether each row has a novelty, and is unknown or not. */
  readonly novelty?: boolean;
  /** Whether each row is anomalous or not. */
  readonly anomalies?: boolean;
}

/**
 * Bytes of a cell in CSV with commas. A text that a spreadsheet would run as a formula (`=`, `+`, `-`, `@`, tab or
 * carriage return first, unless it is a plain number) gets a leading apostrophe; so does one that has apostrophes before
 * such a sign, so that `readableText` can tell what stood there. Quoted where needed.
 */
export function encodeCell(text: string): Uint8Array {
  const safe = isFormula(text) ? `'${text}` : text;
  return Buffer.from(/[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe);
}

/** The text that `encodeCell` was given, from the cell's unquoted text. */
export function readableText(cell: string): string {
  return /^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}

function isFormula(text: string): boolean {
  return /^'*[=+\-@\t\r]/.test(text) && parseNumber(text) === undefined;
}

/**
 * First line of results.csv: `row`, the id column, `diagnosis`, `confidence`, `p_<class>`…, `novelty`, `unknown`,
 * `kpis_beyond`, `anomalous`
 */
export function resultsHeader(columns: ResultsColumns): Uint8Array {
  const id = columns.idColumn === undefined ? [] : [columns.idColumn];
  const names = ["row", ...id, "diagnosis", "confidence", ...columns.classes.map((name) => `p_${name}`)];
  if (columns.novelty) names.push("novelty", "unknown");
  if (columns.anomalies) names.push("kpis_beyond", "anomalous");
  const cells = names.flatMap((name) => [encodeCell(name), Buffer.of(comma)]);
  return Buffer.concat([...cells.slice(0, -1), Buffer.of(lineFeed)]);
}

/** Writes rows of results.csv straight into bytes; probabilities with six decimals. */
export class ResultsWriter {
  readonly #classes: readonly Uint8Array[];
  readonly #hasId: boolean;
  readonly #hasNovelty: boolean;
  readonly #hasAnomalies: boolean;
  readonly #bytesPerRow: number;
  #bytes = new Uint8Array(initialBytes);
  #length = 0;

  constructor(columns: ResultsColumns) {
    this.#classes = columns.classes.map(encodeCell);
    this.#hasId = columns.idColumn !== undefined;
    this.#hasNovelty = columns.novelty === true;
    this.#hasAnomalies = columns.anomalies === true;
    const longestName = Math.max(...this.#classes.map((name) => name.length));
    this.#bytesPerRow = fixedBytesPerRow + longestName + bytesPerProbability * columns.classes.length;
  }

  /** Bytes that wait to be taken. */
  get length(): number {
    return this.#length;
  }

  /** The rows added since the last call. */
  take(): Uint8Array {
    const taken = this.#bytes.subarray(0, this.#length);
    this.#bytes = new Uint8Array(this.#bytes.length);
    this.#length = 0;
    return taken;
  }

  /**
   * @param row 1-based
   * @param id bytes of the id cell's text; not looked at where there is no id column
   * @param diagnosis class index
   * @param probabilities one per class, from `offset`
   * @param novelty not looked at where there is no such column, nor is `unknown`
   * @param verdict not looked at where there are no such columns
   */
  addRow(
    row: number,
    id: Uint8Array,
    diagnosis: number,
    probabilities: Float32Array,
    offset: number,
    novelty = 0,
    unknown = false,
    verdict?: RowVerdict,
  ): void {
    this.#reserve(this.#bytesPerRow + 2 * id.length + 3);
    this.#writeInteger(row);
    if (this.#hasId) {
      this.#bytes[this.#length++] = comma;
      this.#writeId(id);
    }
    this.#bytes[this.#length++] = comma;
    const name = this.#classes[diagnosis];
    this.#bytes.set(name, this.#length);
    this.#length += name.length;
    this.#writeProbability(probabilities[offset + diagnosis]);
    for (let i = 0; i < this.#classes.length; i++) this.#writeProbability(probabilities[offset + i]);
    if (this.#hasNovelty) {
      this.#bytes[this.#length++] = comma;
      this.#writeNovelty(novelty);
      this.#bytes[this.#length++] = comma;
      this.#bytes[this.#length++] = zero + (unknown ? 1 : 0);
    }
    if (this.#hasAnomalies) {
      this.#bytes[this.#length++] = comma;
      this.#writeInteger(verdict?.beyond ?? 0);
      this.#bytes[this.#length++] = comma;
      this.#bytes[this.#length++] = zero + (verdict?.anomalous ? 1 : 0);
    }
    this.#bytes[this.#length++] = lineFeed;
  }

  #reserve(needed: number): void {
    if (this.#length + needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + needed));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }

  #writeId(id: Uint8Array): void {
    const bytes = this.#bytes;
    const start = this.#length;
    for (let i = 0; i < id.length; i++) {
      const byte = id[i];
      const first = i === 0 && (formulaStarts.has(byte) || byte === apostrophe);
      if (first || byte === comma || byte === quote || byte === lineFeed || byte === carriageReturn || byte === tab) {
        const cell = encodeCell(Buffer.from(id).toString("utf8"));
        bytes.set(cell, start);
        this.#length = start + cell.length;
        return;
      }
      bytes[start + i] = byte;
    }
    this.#length = start + id.length;
  }

  #writeInteger(value: number): void {
    let digits = 1;
    for (let power = 10; power <= value; power *= 10) digits++;
    let rest = value;
    for (let i = this.#length + digits - 1; i >= this.#length; i--) {
      const tenth = Math.floor(rest / 10);
      this.#bytes[i] = zero + rest - 10 * tenth;
      rest = tenth;
    }
    this.#length += digits;
  }

  /** With four decimals; of a greater magnitude than a million as a million. */
  #writeNovelty(novelty: number): void {
    const scaled = Math.round(Math.min(Math.abs(novelty), mostNovelty) * 10 ** noveltyDecimals);
    if (novelty < 0 && scaled > 0) this.#bytes[this.#length++] = minus;
    const whole = Math.floor(scaled / 10 ** noveltyDecimals);
    this.#writeInteger(whole);
    this.#bytes[this.#length] = point;
    let rest = scaled - whole * 10 ** noveltyDecimals;
    for (let i = this.#length + noveltyDecimals; i > this.#length; i--) {
      const tenth = Math.floor(rest / 10);
      this.#bytes[i] = zero + rest - 10 * tenth;
      rest = tenth;
    }
    this.#length += 1 + noveltyDecimals;
  }

  #writeProbability(probability: number): void {
    const bytes = this.#bytes;
    const at = this.#length;
    const scaled = Math.round(probability * 10 ** decimals);
    const whole = scaled >= 10 ** decimals ? 1 : 0;
    bytes[at] = comma;
    bytes[at + 1] = zero + whole;
    bytes[at + 2] = point;
    let rest = scaled - whole * 10 ** decimals;
    for (let i = at + 2 + decimals; i > at + 2; i--) {
      const tenth = (rest / 10) | 0;
      bytes[i] = zero + rest - 10 * tenth;
      rest = tenth;
    }
    this.#length = at + 3 + decimals;
  }
}
