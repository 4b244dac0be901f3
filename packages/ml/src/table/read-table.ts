import { hold, largestFloat32 } from "../preprocess/hold.ts";
import { seriesColumns } from "../window/series-columns.ts";
import { SeriesReader } from "../window/series-reader.ts";
import { decodeLossy } from "./cell.ts";
import { assignColumnRoles, noLabelColumn } from "./column-roles.ts";
import { CsvReader, keepText, skipColumn } from "./csv-reader.ts";
import type { Delimiter } from "./dialect.ts";
import { compareClasses } from "./label.ts";
import { createNodeIndex, LabelIndex, labelNotUtf8, noLabel } from "./label-index.ts";
import { openCsv } from "./open-csv.ts";
import { rowFindings, rowTooLongFinding, textFinding } from "./row-findings.ts";
import type { Table } from "./table.ts";
import { shorten, TableError } from "./table-error.ts";
import { unusableNames } from "./unusable-names.ts";

export interface ReadTableOptions {
  /** The column that holds the fault class, where its name is none that is recognised. */
  readonly labelColumn?: string;
  /** Where the named column is not there, one with a recognised name counts. */
  readonly orUsualLabel?: boolean;
  /**
   * Features of the model that the table is read for: columns of other names are passed over, whatever stands in them,
   * as a diagnosis does.
   */
  readonly knownFeatures?: ReadonlySet<string>;
  /**
   * `required` (default): every row must have a label. `optional`: a table without label column has no `labels`, and a
   * row without label gets −1. `ignored`: as if there were no label column.
   */
  readonly labels?: "required" | "optional" | "ignored";
  /** Keeps the texts of the id column, where there is one. */
  readonly keepSampleIds?: boolean;
  /** Finds out which row comes before which: by node and time where there are such columns. */
  readonly keepSeries?: boolean;
  /** Keeps which node each row is of, where there is such a column. */
  readonly keepNodes?: boolean;
  readonly signal?: AbortSignal;
}

export interface ReadTable extends Table {
  /** Only where asked for and the file has an id column. */
  readonly sampleIds?: readonly string[];
  /** Columns that are none of the `knownFeatures`, where these were told. */
  readonly passedOver?: readonly string[];
}

const blockRows = 4096;

/**
 * Reads a CSV file (plain or gzip) into memory. It must be without fault, as `validateTable` finds it to be.
 * @throws TableError at the first thing that is wrong
 */
export async function readTable(source: AsyncIterable<Uint8Array>, options: ReadTableOptions = {}): Promise<ReadTable> {
  const csv = await openCsv(source);
  try {
    const table = new TableInMemory(csv.columns, csv.dialect.delimiter, options);
    for await (const chunk of csv.rows) {
      options.signal?.throwIfAborted();
      table.push(chunk);
    }
    return table.finish();
  } finally {
    await csv.rows.return(undefined);
  }
}

class TableInMemory {
  readonly #columns: readonly string[];
  readonly #featureNames: readonly string[];
  readonly #passedOver: readonly string[] | undefined;
  readonly #labelColumn: number;
  readonly #labelRequired: boolean;
  readonly #idColumn: number;
  readonly #reader: CsvReader;
  readonly #blocks: Float32Array[] = [];
  readonly #classIndex = new LabelIndex();
  readonly #labels: number[] = [];
  readonly #sampleIds: string[] = [];
  readonly #series: SeriesReader | undefined;
  readonly #nodeColumn: number;
  readonly #nodeIndex = createNodeIndex();
  readonly #nodes: number[] = [];
  #rowCount = 0;

  constructor(columns: readonly string[], delimiter: Delimiter, options: ReadTableOptions) {
    const labels = options.labels ?? "required";
    const { knownFeatures } = options;
    const roles = assignColumnRoles(columns, options);
    const isRead = (column: number) => knownFeatures?.has(columns[column]) ?? true;
    for (const { place, finding } of unusableNames(columns)) {
      if (isRead(place) || columns[place] === columns[roles.label]) throw new TableError(finding);
    }
    if (labels === "required" && roles.label < 0) throw new TableError(noLabelColumn(options.labelColumn));
    if (roles.features.length === 0) throw new TableError({ code: "no-feature-columns", row: 0 });
    this.#columns = columns;
    const features = roles.features.filter(isRead);
    const nameOf = (column: number) => columns[column];
    this.#featureNames = features.map(nameOf);
    this.#passedOver = knownFeatures && roles.features.filter((column) => !isRead(column)).map(nameOf);
    this.#labelColumn = labels === "ignored" ? -1 : roles.label;
    this.#labelRequired = labels === "required";
    this.#idColumn = options.keepSampleIds ? roles.id : -1;
    const uses = columns.map(() => skipColumn);
    features.forEach((column, place) => {
      uses[column] = place;
    });
    if (options.keepSeries) this.#series = new SeriesReader(columns, seriesColumns(columns, roles.context));
    this.#nodeColumn = options.keepNodes ? seriesColumns(columns, roles.context).node : -1;
    for (const column of [this.#labelColumn, this.#idColumn, this.#nodeColumn, ...(this.#series?.columns ?? [])])
      if (column >= 0) uses[column] = keepText;
    this.#reader = new CsvReader({ delimiter, uses, exact: false });
  }

  push(chunk: Uint8Array): void {
    this.#reader.push(chunk);
    this.#readRows();
  }

  finish(): ReadTable {
    this.#reader.finish();
    this.#readRows();
    if (this.#rowCount === 0) throw new TableError({ code: "no-rows" });
    const table: ReadTable = {
      featureNames: this.#featureNames,
      rowCount: this.#rowCount,
      values: this.#joinBlocks(),
      ...(this.#labelColumn >= 0 && this.#sortedLabels()),
      ...(this.#passedOver && { passedOver: this.#passedOver }),
      ...(this.#idColumn >= 0 && { sampleIds: this.#sampleIds }),
      ...(this.#series && { series: this.#series.finish() }),
      ...(this.#nodeColumn >= 0 && { nodes: { names: this.#nodeIndex.classes, rows: Int32Array.from(this.#nodes) } }),
    };
    return table;
  }

  #readRows(): void {
    const reader = this.#reader;
    const { values } = reader;
    const width = values.length;
    while (reader.readRow()) {
      if (reader.problemCount > 0) throw new TableError(rowFindings(reader, this.#columns)[0]);
      const place = this.#rowCount % blockRows;
      if (place === 0) this.#blocks.push(new Float32Array(blockRows * width));
      const block = this.#blocks[this.#blocks.length - 1];
      for (let i = 0, to = place * width; i < width; i++, to++) block[to] = hold(values[i], largestFloat32);
      if (this.#labelColumn >= 0) this.#labels.push(this.#readLabel());
      if (this.#idColumn >= 0) this.#sampleIds.push(this.#readText(this.#idColumn));
      if (this.#nodeColumn >= 0) this.#nodes.push(this.#nodeIndex.indexOf(reader.cell(this.#nodeColumn)));
      this.#series?.add(reader);
      this.#rowCount++;
    }
    if (reader.rowTooLong) throw new TableError(rowTooLongFinding(reader));
  }

  #readLabel(): number {
    const index = this.#classIndex.indexOf(this.#reader.cell(this.#labelColumn));
    if (index === labelNotUtf8) this.#readText(this.#labelColumn);
    if (index === noLabel && this.#labelRequired) {
      const column = this.#columns[this.#labelColumn];
      const found = shorten(decodeLossy(this.#reader.cell(this.#labelColumn)));
      throw new TableError({ code: "missing-label", row: this.#reader.rowNumber, column, found, expected: "class" });
    }
    return index;
  }

  #readText(column: number): string {
    const text = this.#reader.text(column);
    if (text !== undefined) return text;
    throw new TableError(textFinding(this.#reader, column, this.#columns));
  }

  #joinBlocks(): Float32Array {
    const width = this.#featureNames.length;
    const values = new Float32Array(this.#rowCount * width);
    let at = 0;
    // Each block is let go once it is copied, so that the rows are in memory little more than once.
    for (let block = this.#blocks.shift(); block; block = this.#blocks.shift()) {
      values.set(block.subarray(0, Math.min(block.length, values.length - at)), at);
      at += block.length;
    }
    return values;
  }

  #sortedLabels(): { labels: Int32Array; classes: readonly string[] } {
    const seen = this.#classIndex.classes;
    const classes = [...seen].sort(compareClasses(seen));
    const sortedIndex = seen.map((name) => classes.indexOf(name));
    const labels = Int32Array.from(this.#labels, (index) => (index < 0 ? noLabel : sortedIndex[index]));
    return { labels, classes };
  }
}
