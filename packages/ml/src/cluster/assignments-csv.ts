import { CsvReader, keepText, skipColumn } from "../table/csv-reader.ts";
import { openCsv } from "../table/open-csv.ts";
import { rowFindings } from "../table/row-findings.ts";
import { shorten, TableError } from "../table/table-error.ts";

const rowColumn = "row";
const clusterColumn = "cluster";
const rowsPerChunk = 8_192;
const mostClusters = 1_000_000;

/** Thrown where a file is no list of clusters: a cell that should say something else. */
export class AssignmentsUnreadableError extends Error {
  override readonly name = "AssignmentsUnreadableError";
  readonly parameters: {
    readonly row: number;
    readonly column: string;
    readonly found: string;
    readonly expected: string;
  };

  constructor(parameters: AssignmentsUnreadableError["parameters"]) {
    super(`no list of clusters: ${JSON.stringify(parameters)}`);
    this.parameters = parameters;
  }
}

/** Clusters as CSV: the number of the row, from 1, and its cluster, −1 for none. */
export function* assignmentsCsv(assignments: Int32Array): Generator<string> {
  yield `${rowColumn},${clusterColumn}\n`;
  for (let first = 0; first < assignments.length; first += rowsPerChunk) {
    const chunk = assignments.subarray(first, first + rowsPerChunk);
    yield Array.from(chunk, (cluster, place) => `${first + place + 1},${cluster}\n`).join("");
  }
}

/**
 * Reads them back. Each row from 1 on must be there, in this order.
 * @throws TableError where it is no CSV file
 * @throws AssignmentsUnreadableError
 */
export async function readAssignments(source: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<Int32Array> {
  const csv = await openCsv(source);
  const clusters: number[] = [];
  try {
    for (const column of [rowColumn, clusterColumn]) {
      if (!csv.columns.includes(column))
        throw new TableError({ code: "missing-column", row: 0, column, expected: column });
    }
    const uses = csv.columns.map((name) => (name === rowColumn || name === clusterColumn ? keepText : skipColumn));
    const reader = new CsvReader({ delimiter: csv.dialect.delimiter, uses, exact: false });
    const take = () => {
      while (reader.readRow()) {
        if (reader.problemCount > 0) throw new TableError(rowFindings(reader, csv.columns)[0]);
        wholeNumber(reader, csv.columns, rowColumn, clusters.length + 1, clusters.length + 1);
        clusters.push(wholeNumber(reader, csv.columns, clusterColumn, -1, mostClusters));
      }
    };
    for await (const chunk of csv.rows) {
      signal?.throwIfAborted();
      reader.push(chunk);
      take();
    }
    reader.finish();
    take();
  } finally {
    await csv.rows.return(undefined);
  }
  if (clusters.length === 0) throw new TableError({ code: "no-rows" });
  return Int32Array.from(clusters);
}

function wholeNumber(
  reader: CsvReader,
  columns: readonly string[],
  column: string,
  least: number,
  most: number,
): number {
  const found = reader.text(columns.indexOf(column)) ?? "";
  const number = Number(found);
  if (found !== "" && Number.isInteger(number) && number >= least && number <= most) return number;
  const expected = least === most ? String(least) : `${least} … ${most}`;
  throw new AssignmentsUnreadableError({ row: reader.rowNumber, column, found: shorten(found), expected });
}
