import type { SampleRow } from "@systemhealer/contract/diagnosis";

export interface PasteFault {
  readonly code:
    | "badJson"
    | "notRows"
    | "noKnownColumn"
    | "noHeader"
    | "twice"
    | "cellCount"
    | "notNumber"
    | "tooManyRows";
  /** Data row, from 1. */
  readonly row?: number;
  readonly column?: string;
  readonly found?: string;
  readonly expected?: string;
}

export interface PastedRows {
  readonly rows: readonly SampleRow[];
  /** What stands in an id column; the row's number where there is none. */
  readonly ids: readonly string[];
  /** Columns of the model that were pasted. */
  readonly known: readonly string[];
  /** Columns that the model does not know: not sent. */
  readonly other: readonly string[];
  /** The names were in the first line. */
  readonly hasHeader: boolean;
  /** The first of them; where there is one, nothing is diagnosed. */
  readonly faults: readonly PasteFault[];
}

export interface PasteOptions {
  /** Columns of the model, in its order. */
  readonly features: readonly string[];
  readonly maxRows: number;
}

const mostFaults = 20;
const gaps = new Set(["", "na", "n/a", "nan", "null", "none", "-", "–", "?"]);
const idNames = new Set(["sample_id", "sampleid", "id", "样本"]);

/**
 * Rows out of what was pasted: CSV (comma or semicolon) or TSV as spreadsheets copy it, with or without a line of
 * names, or JSON: an object, a list of objects, or `{ "rows": [...] }`. Without names, the columns are the model's.
 */
export function readPastedRows(text: string, options: PasteOptions): PastedRows {
  const trimmed = text.replace(/^\ufeff/, "").trim();
  if (trimmed === "") return nothing([]);
  return /^[[{]/.test(trimmed) ? readJson(trimmed, options) : readTable(trimmed, options);
}

function nothing(faults: readonly PasteFault[]): PastedRows {
  return { rows: [], ids: [], known: [], other: [], hasHeader: false, faults };
}

function readJson(text: string, options: PasteOptions): PastedRows {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    return nothing([{ code: "badJson", found: error instanceof Error ? error.message : String(error) }]);
  }
  const list = listOf(parsed);
  if (!list) return nothing([{ code: "notRows" }]);
  const isRecord = (entry: unknown): entry is Record<string, unknown> =>
    typeof entry === "object" && entry !== null && !Array.isArray(entry);
  const wrong = list.findIndex((entry) => !isRecord(entry));
  if (wrong >= 0) return nothing([{ code: "notRows", row: wrong + 1 }]);
  const records = list as readonly Record<string, unknown>[];
  const kept = records.slice(0, options.maxRows + 1);
  const header = [...new Set(kept.flatMap((record) => Object.keys(record)))];
  const cells = kept.map((record) =>
    header.map((name) => {
      const value = record[name];
      return value === null || value === undefined ? "" : String(value);
    }),
  );
  return rowsOf(header, cells, true, options, records.length);
}

function listOf(parsed: unknown): readonly unknown[] | undefined {
  if (Array.isArray(parsed)) return parsed;
  if (typeof parsed !== "object" || parsed === null) return undefined;
  const { rows } = parsed as { readonly rows?: unknown };
  return Array.isArray(rows) ? rows : [parsed];
}

function readTable(text: string, options: PasteOptions): PastedRows {
  const firstLine = text.slice(0, (text.search(/[\r\n]/) + 1 || text.length + 1) - 1);
  const delimiter = delimiterOf(firstLine);
  // A line of names, the rows, and one more that tells of too many.
  const { lines, count } = cellsOf(text, delimiter, options.maxRows + 2);
  const [first = []] = lines;
  const features = new Set(options.features);
  const isNamed = first.some((cell) => features.has(cell.trim())) || first.some((cell) => numberOf(cell) === undefined);
  if (isNamed)
    return rowsOf(
      first.map((cell) => cell.trim()),
      lines.slice(1),
      true,
      options,
      count - 1,
    );
  if (first.length === options.features.length) return rowsOf(options.features, lines, false, options, count);
  return nothing([{ code: "noHeader", found: String(first.length), expected: String(options.features.length) }]);
}

function rowsOf(
  header: readonly string[],
  lines: readonly (readonly string[])[],
  hasHeader: boolean,
  { features, maxRows }: PasteOptions,
  rowCount = lines.length,
): PastedRows {
  const expected = new Set(features);
  const known = header.filter((name) => expected.has(name));
  const other = header.filter((name) => !expected.has(name));
  const twice = known.find((name, index) => known.indexOf(name) !== index);
  const faults: PasteFault[] = [];
  if (twice !== undefined) faults.push({ code: "twice", column: twice });
  if (known.length === 0) faults.push({ code: "noKnownColumn", expected: features.slice(0, 3).join(", ") });
  if (rowCount > maxRows) {
    faults.push({ code: "tooManyRows", found: String(rowCount), expected: String(maxRows) });
  }
  const rest = { known, other, hasHeader };
  if (faults.length > 0) return { rows: [], ids: [], ...rest, faults };

  const idColumn = header.findIndex((name) => idNames.has(name.toLowerCase()));
  const rows: SampleRow[] = [];
  const ids: string[] = [];
  for (const [index, cells] of lines.entries()) {
    const row = index + 1;
    if (cells.length !== header.length) {
      faults.push({ code: "cellCount", row, found: String(cells.length), expected: String(header.length) });
    }
    const values: [string, number | null][] = [];
    for (const [column, name] of header.entries()) {
      if (!expected.has(name)) continue;
      const found = cells[column]?.trim() ?? "";
      const value = numberOf(found);
      if (value === undefined) faults.push({ code: "notNumber", row, column: name, found: found.slice(0, 40) });
      else values.push([name, value]);
    }
    if (faults.length >= mostFaults) break;
    rows.push(Object.fromEntries(values));
    ids.push((idColumn >= 0 && cells[idColumn]?.trim()) || String(row));
  }
  return { rows, ids, ...rest, faults: faults.slice(0, mostFaults) };
}

/** undefined where it is no number; null for a gap. */
function numberOf(cell: string): number | null | undefined {
  const text = cell.trim();
  if (gaps.has(text.toLowerCase())) return null;
  // Number() also takes hexadecimal and the like, which no KPI is written in.
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** Spreadsheets copy with tabs; of the others, the one that the first line has most of. */
function delimiterOf(line: string): string {
  if (line.includes("\t")) return "\t";
  const count = (sign: string) => line.split(sign).length;
  return count(";") > count(",") ? ";" : ",";
}

/** Lines of cells by RFC 4180; empty lines are passed over. Of more than `most` lines, the others are counted only. */
function cellsOf(
  text: string,
  delimiter: string,
  most: number,
): { readonly lines: readonly (readonly string[])[]; readonly count: number } {
  const lines: string[][] = [];
  let count = 0;
  let line: string[] = [];
  let cell = "";
  let isQuoted = false;
  const endLine = () => {
    line.push(cell);
    if (line.length > 1 || cell.trim() !== "") {
      count += 1;
      if (count <= most) lines.push(line);
    }
    line = [];
    cell = "";
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]!;
    if (isQuoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (sign === '"' && cell.trim() === "") {
      isQuoted = true;
      cell = "";
    } else if (sign === delimiter) {
      line.push(cell);
      cell = "";
    } else if (sign === "\n" || sign === "\r") {
      if (sign === "\r" && text[at + 1] === "\n") at += 1;
      endLine();
    } else cell += sign;
  }
  endLine();
  return { lines, count };
}
