/** Codes of what can be wrong with a table; the words of the validation report. */
export type FindingCode =
  | "empty-file"
  | "no-rows"
  | "not-csv"
  | "not-utf8"
  | "not-gzip"
  | "missing-header"
  | "carriage-returns-only"
  | "duplicate-column"
  | "empty-column-name"
  | "missing-column"
  | "extra-column"
  | "renamed-column"
  | "too-few-cells"
  | "too-many-cells"
  | "unclosed-quote"
  | "not-a-number"
  | "not-finite"
  | "no-label-column"
  | "several-label-columns"
  | "no-feature-columns"
  | "missing-label"
  | "one-class-only"
  | "class-too-small"
  | "class-left-out"
  | "too-many-columns"
  | "too-many-rows"
  | "too-many-classes"
  | "file-too-large"
  | "cell-too-long";

/** One thing that is wrong: where, what stands there, what should. */
export interface Finding {
  readonly code: FindingCode;
  /** Data rows count from 1; the header is row 0. */
  readonly row?: number;
  /** The header's own name; for findings about a class, its name. */
  readonly column?: string;
  /** At most 80 characters. */
  readonly found?: string;
  readonly expected?: string;
}

/** A table that cannot be read on; `finding` says where and why. */
export class TableError extends Error {
  override readonly name = "TableError";
  readonly finding: Finding;

  constructor(finding: Finding, options?: ErrorOptions) {
    super(describe(finding), options);
    this.finding = finding;
  }
}

function describe(finding: Finding): string {
  const parts: string[] = [finding.code];
  if (finding.row !== undefined) parts.push(`row ${finding.row}`);
  if (finding.column !== undefined) parts.push(`column ${JSON.stringify(finding.column)}`);
  if (finding.found !== undefined) parts.push(`found ${JSON.stringify(finding.found)}`);
  if (finding.expected !== undefined) parts.push(`expected ${JSON.stringify(finding.expected)}`);
  return parts.join(", ");
}

/** Longest text of `Finding.found`. */
const maxFoundCharacters = 80;

export function shorten(text: string): string {
  return text.length <= maxFoundCharacters ? text : `${text.slice(0, maxFoundCharacters - 1)}…`;
}
