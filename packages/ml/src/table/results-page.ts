import { CsvReader, keepText, skipColumn } from "./csv-reader.ts";
import { openCsv } from "./open-csv.ts";
import { readableText } from "./results-csv.ts";
import { TableError } from "./table-error.ts";

/** Where results.csv has what, by its header. */
export interface ResultsLayout {
  readonly idColumn: string | null;
  readonly classes: readonly string[];
  readonly novelty: boolean;
  readonly anomalies: boolean;
}

export interface ResultRow {
  readonly row: number;
  readonly id?: string;
  readonly diagnosis: string;
  readonly confidence: number;
  readonly probabilities: readonly number[];
  readonly novelty?: number;
  readonly unknown?: boolean;
  readonly kpisBeyond?: number;
  readonly anomalous?: boolean;
}

export interface ResultsFilter {
  readonly diagnosis?: string | undefined;
  readonly minConfidence?: number | undefined;
  readonly maxConfidence?: number | undefined;
  /** Part of the id in any case, or the number of the row. */
  readonly search?: string | undefined;
  readonly unknown?: boolean | undefined;
  readonly anomalous?: boolean | undefined;
}

export interface ResultsScan {
  readonly items: readonly ResultRow[];
  /** Rows passed from `first` on, those that are no items too. */
  readonly passedRows: number;
}

/**
 * @param header the first line of results.csv
 * @throws TableError or TypeError where it is none
 */
export async function readResultsLayout(header: Uint8Array): Promise<ResultsLayout> {
  async function* chunks() {
    yield header;
  }
  const csv = await openCsv(chunks());
  await csv.rows.return(undefined);
  const cells = csv.columns;
  const hasId = cells[1] !== "diagnosis" || cells[2] !== "confidence";
  const anomalies = cells.at(-2) === "kpis_beyond" && cells.at(-1) === "anomalous";
  const told = anomalies ? cells.slice(0, -2) : cells;
  const novelty = told.at(-2) === "novelty" && told.at(-1) === "unknown";
  const classes = told.slice(hasId ? 4 : 3, novelty ? -2 : undefined);
  if (cells[0] !== "row" || cells[hasId ? 2 : 1] !== "diagnosis" || classes.some((name) => !name.startsWith("p_"))) {
    throw new TypeError("not the header of results.csv");
  }
  const idColumn = hasId ? readableText(cells[1]) : null;
  return { idColumn, classes: classes.map((name) => name.slice(2)), novelty, anomalies };
}

/**
 * Rows of results.csv that pass the filter, in the order of the file.
 * @param source whole rows of results.csv, the first of them the one numbered `firstRow`
 * @param from number of the first row that counts
 * @throws TableError where the rows are damaged
 */
export async function scanResults(
  source: AsyncIterable<Uint8Array>,
  layout: ResultsLayout,
  options: {
    readonly firstRow: number;
    readonly from: number;
    readonly limit: number;
    readonly filter: ResultsFilter;
  },
): Promise<ResultsScan> {
  const columns = columnsOf(layout);
  const { firstRow, from, limit, filter } = options;
  const reader = new CsvReader({ delimiter: ",", uses: columns.uses, exact: true, firstRow });
  const items: ResultRow[] = [];
  let passedRows = 0;
  const read = () => {
    while (items.length < limit && reader.readRow()) {
      if (reader.problemCount > 0) throw new TableError({ code: reader.problems[0].code, row: reader.rowNumber });
      if (reader.rowNumber < from) continue;
      passedRows++;
      if (passes(reader, columns, filter)) items.push(rowOf(reader, columns, layout));
    }
  };
  for await (const chunk of source) {
    reader.push(chunk);
    read();
    if (items.length === limit) return { items, passedRows };
  }
  reader.finish();
  read();
  return { items, passedRows };
}

// Places in the reader's values.
const confidence = 0;
const firstProbability = 1;

interface Columns {
  readonly uses: readonly number[];
  readonly id: number;
  readonly diagnosis: number;
  /** Place of the novelty among the values; the flag is next to it. */
  readonly novelty: number;
  /** Place of the number of KPIs beyond the threshold; the verdict is next to it. */
  readonly beyond: number;
}

function columnsOf({ idColumn, classes, novelty, anomalies }: ResultsLayout): Columns {
  const id = idColumn === null ? -1 : 1;
  const end = firstProbability + classes.length;
  const uses = [skipColumn, ...(id < 0 ? [] : [keepText]), keepText, confidence];
  classes.forEach((_, i) => {
    uses.push(firstProbability + i);
  });
  if (novelty) uses.push(end, end + 1);
  const next = novelty ? end + 2 : end;
  if (anomalies) uses.push(next, next + 1);
  return { uses, id, diagnosis: id < 0 ? 1 : 2, novelty: novelty ? end : -1, beyond: anomalies ? next : -1 };
}

function passes(reader: CsvReader, columns: Columns, filter: ResultsFilter): boolean {
  const { minConfidence, maxConfidence, diagnosis, search, unknown, anomalous } = filter;
  const value = reader.values[confidence];
  if (minConfidence !== undefined && value < minConfidence) return false;
  if (maxConfidence !== undefined && value > maxConfidence) return false;
  const isUnknown = columns.novelty >= 0 && reader.values[columns.novelty + 1] === 1;
  if (unknown !== undefined && isUnknown !== unknown) return false;
  const isAnomalous = columns.beyond >= 0 && reader.values[columns.beyond + 1] === 1;
  if (anomalous !== undefined && isAnomalous !== anomalous) return false;
  if (diagnosis !== undefined && textOf(reader, columns.diagnosis) !== diagnosis) return false;
  if (search === undefined || String(reader.rowNumber) === search) return true;
  return columns.id >= 0 && textOf(reader, columns.id).toLowerCase().includes(search.toLowerCase());
}

function rowOf(reader: CsvReader, columns: Columns, { classes }: ResultsLayout): ResultRow {
  const { values } = reader;
  return {
    row: reader.rowNumber,
    ...(columns.id >= 0 && { id: textOf(reader, columns.id) }),
    diagnosis: textOf(reader, columns.diagnosis),
    confidence: values[confidence],
    probabilities: [...values.subarray(firstProbability, firstProbability + classes.length)],
    ...(columns.novelty >= 0 && { novelty: values[columns.novelty], unknown: values[columns.novelty + 1] === 1 }),
    ...(columns.beyond >= 0 && { kpisBeyond: values[columns.beyond], anomalous: values[columns.beyond + 1] === 1 }),
  };
}

function textOf(reader: CsvReader, column: number): string {
  return readableText(reader.text(column) ?? "");
}
