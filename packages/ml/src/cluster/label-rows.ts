import { assignColumnRoles, labelNames } from "../table/column-roles.ts";
import { CsvReader, keepText, skipColumn } from "../table/csv-reader.ts";
import { openCsv } from "../table/open-csv.ts";
import { rowFindings, rowTooLongFinding } from "../table/row-findings.ts";
import { TableError } from "../table/table-error.ts";

export interface LabelRowsOptions {
  /** Cluster per row of the file, −1 for none. */
  readonly assignments: Int32Array;
  /** Class by cluster; −1 names the rows in no cluster. */
  readonly names: ReadonlyMap<number, string>;
  /** Rows without a name are left out, or kept as the class `cluster-n`, those in no cluster as `noise`. */
  readonly unnamed: "omit" | "keep";
  /** The column of labels that the file has, where its name is none that is recognised. */
  readonly labelColumn?: string;
  readonly signal?: AbortSignal;
}

/** How a file was labelled; filled while its bytes are read. */
export interface LabelledCount {
  rows: number;
  omitted: number;
}

/** Thrown where clusters and file are not of the same rows. */
export class RowCountError extends Error {
  override readonly name = "RowCountError";
  readonly rows: number;
  readonly expected: number;

  constructor(rows: number, expected: number) {
    super(`the file has ${rows} rows or more, the clusters ${expected}`);
    this.rows = rows;
    this.expected = expected;
  }
}

const chunkBytes = 1024 * 1024;

/**
 * The rows of a CSV file with a label column at the end: a data set to learn from. A label column that the file has
 * already is left out; all other cells stay as they are.
 * @param count is filled in
 * @throws TableError where the file is faulty
 * @throws RowCountError
 */
export async function* labelRows(
  source: AsyncIterable<Uint8Array>,
  { assignments, names, unnamed, labelColumn, signal }: LabelRowsOptions,
  count: LabelledCount = { rows: 0, omitted: 0 },
): AsyncGenerator<Uint8Array> {
  const csv = await openCsv(source);
  const { columns } = csv;
  const { delimiter } = csv.dialect;
  const old = assignColumnRoles(columns, labelColumn === undefined ? {} : { labelColumn }).label;
  const kept = [...columns.keys()].filter((column) => column !== old);
  const uses = columns.map((_, column) => (column === old ? skipColumn : keepText));
  const reader = new CsvReader({ delimiter, uses, exact: false });
  const header = [...kept.map((column) => columns[column]), labelNames[0]].map((name) => quoted(name, delimiter));
  let pending: string[] = [`${header.join(delimiter)}\n`];
  let pendingLength = 0;

  const labelOf = (cluster: number) =>
    names.get(cluster) ?? (unnamed === "omit" ? undefined : cluster < 0 ? "noise" : `cluster-${cluster}`);

  function takeRows(): void {
    while (reader.readRow()) {
      if (reader.problemCount > 0) throw new TableError(rowFindings(reader, columns)[0]);
      const row = count.rows + count.omitted;
      if (row >= assignments.length) throw new RowCountError(row + 1, assignments.length);
      const label = labelOf(assignments[row]);
      if (label === undefined) {
        count.omitted++;
        continue;
      }
      count.rows++;
      const cells = kept.map((column) => quoted(Buffer.from(reader.cell(column)).toString("utf8"), delimiter));
      const line = `${cells.join(delimiter)}${delimiter}${quoted(label, delimiter)}\n`;
      pending.push(line);
      pendingLength += line.length;
    }
    if (reader.rowTooLong) throw new TableError(rowTooLongFinding(reader));
  }

  function drain(): Uint8Array {
    const bytes = Buffer.from(pending.join(""));
    pending = [];
    pendingLength = 0;
    return bytes;
  }

  try {
    for await (const chunk of csv.rows) {
      signal?.throwIfAborted();
      reader.push(chunk);
      takeRows();
      if (pendingLength >= chunkBytes) yield drain();
    }
    reader.finish();
    takeRows();
  } finally {
    await csv.rows.return(undefined);
  }
  const rows = count.rows + count.omitted;
  if (rows !== assignments.length) throw new RowCountError(rows, assignments.length);
  if (pending.length > 0) yield drain();
}

function quoted(text: string, delimiter: string): string {
  return text.includes(delimiter) || /["\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
