import { HashSet } from "../hashing/hash-set.ts";
import { hashWords } from "../hashing/hash64.ts";
import { decodeLossy, isText } from "../table/cell.ts";
import type { ColumnRoles } from "../table/column-roles.ts";
import { CsvReader, keepText, skipColumn } from "../table/csv-reader.ts";
import type { Dialect } from "../table/dialect.ts";
import { compareClasses } from "../table/label.ts";
import { LabelIndex, labelBeyondLimit, noLabel } from "../table/label-index.ts";
import { leastClasses, leastRowsPerClass } from "../table/learnable-classes.ts";
import { rowFindings, rowTooLongFinding, textFinding } from "../table/row-findings.ts";
import { type Finding, shorten, TableError } from "../table/table-error.ts";
import { ClassSample } from "./class-sample.ts";
import { FeatureStatistics } from "./feature-statistics.ts";
import type { FindingList } from "./finding-list.ts";
import { buildHistograms, type Histograms } from "./histograms.ts";
import { maxLabelBytes, type TableLimits } from "./limits.ts";
import type { ClassCount, Profile } from "./profile.ts";
import { RangeBuilder } from "./range-builder.ts";

export interface TableProfilerOptions {
  readonly columns: readonly string[];
  readonly roles: ColumnRoles;
  readonly dialect: Dialect;
  /** Uncompressed bytes before the first row. */
  readonly headerBytes: number;
  readonly purpose: "training" | "diagnosis";
  readonly limits: TableLimits;
  readonly rangeBytes: number;
  /** Receives what is wrong with the rows. */
  readonly findings: FindingList;
}

/**
 * Distinct rows that are remembered, in 64 MiB. Of the rows after that, only repetitions of remembered ones are
 * recognised, so that the count of duplicates is then a lower bound.
 */
const maxRememberedRows = 4_194_304;
/** These leave the rest of their row as it is. */
const spareRow: ReadonlySet<string> = new Set(["not-a-number", "not-finite", "not-utf8"]);

/** Checks and counts the rows of a table. As soon as there is a finding it only checks. */
export class TableProfiler {
  readonly #options: TableProfilerOptions;
  readonly #reader: CsvReader;
  readonly #textColumns: readonly number[];
  /** The reader's numbers, as pairs of words. */
  readonly #words: Uint32Array;
  readonly #statistics: FeatureStatistics;
  readonly #sample: ClassSample;
  readonly #rowHashes = new HashSet(maxRememberedRows);
  readonly #rowHash = new Uint32Array(2);
  readonly #ranges: RangeBuilder;
  readonly #labels: LabelIndex;
  readonly #classRows: number[] = [];
  /** Number of the first row of each class. */
  readonly #firstRows: number[] = [];
  readonly #warnings: Finding[] = [];
  #tooManyClasses = false;
  /** Rows whose label cannot be told; they may be of any class. */
  #brokenRows = 0;
  #duplicateRows = 0;

  constructor(options: TableProfilerOptions) {
    this.#options = options;
    const { columns, roles, dialect, limits } = options;
    const uses = columns.map(() => skipColumn);
    roles.features.forEach((column, place) => {
      uses[column] = place;
    });
    this.#textColumns = [roles.id, ...roles.context].filter((column) => column >= 0);
    for (const column of [roles.label, ...this.#textColumns]) if (column >= 0) uses[column] = keepText;
    this.#reader = new CsvReader({ delimiter: dialect.delimiter, uses, exact: true });
    this.#words = new Uint32Array(this.#reader.values.buffer);
    this.#statistics = new FeatureStatistics(roles.features.length);
    this.#sample = new ClassSample(roles.features.length);
    this.#ranges = new RangeBuilder(options.rangeBytes, options.headerBytes);
    this.#labels = new LabelIndex(limits.maxClasses);
  }

  get rows(): number {
    return this.#reader.rowNumber;
  }

  /** @throws TableError `too-many-rows`, and `cell-too-long` for a row beyond all bounds */
  push(chunk: Uint8Array): void {
    this.#reader.push(chunk);
    this.#readRows();
  }

  /** Reads the last row and adds what can be told only at the end. */
  finish(): void {
    this.#reader.finish();
    this.#readRows();
    const { findings, purpose } = this.#options;
    if (this.rows === 0) findings.add({ code: "no-rows" });
    else if (purpose === "training" && !this.#tooManyClasses && this.#brokenRows === 0) this.#checkClasses();
  }

  profile(sha256: string, sizeBytes: number): Profile {
    const { columns, roles, dialect } = this.#options;
    const name = (column: number) => (column < 0 ? null : columns[column]);
    const cells = this.rows * roles.features.length;
    return {
      schema: "profile.v1",
      rows: this.rows,
      columns,
      idColumn: name(roles.id),
      labelColumn: name(roles.label),
      contextColumns: roles.context.map((column) => columns[column]),
      features: this.#statistics.profiles(roles.features.map((column) => columns[column])),
      classes: this.#classes().map(({ name, rows }) => ({ name, rows })),
      warnings: this.#warnings,
      duplicateRows: this.#duplicateRows,
      missingShare: cells === 0 ? 0 : this.#statistics.missingCells / cells,
      dialect,
      sizeBytes,
      sha256,
      ranges: this.#ranges.finish(),
    };
  }

  /** How the values are spread, class by class, in a sample of the rows. */
  histograms(): Histograms {
    const { columns, roles } = this.#options;
    const names = roles.features.map((column) => columns[column]);
    const order = this.#classes().map(({ name }) => name);
    return buildHistograms(this.#sample, names, this.#labels.classes, order);
  }

  #readRows(): void {
    const reader = this.#reader;
    const { headerBytes, limits, findings } = this.#options;
    while (reader.readRow()) {
      if (reader.rowNumber > limits.maxRows) {
        const expected = String(limits.maxRows);
        throw new TableError({ code: "too-many-rows", row: reader.rowNumber, found: `> ${expected}`, expected });
      }
      if (reader.problemCount > 0) this.#addFindings();
      if (reader.problems.some(({ code }) => !spareRow.has(code))) {
        this.#brokenRows++;
        continue;
      }
      for (const column of this.#textColumns) this.#checkText(column);
      const label = this.#readLabel();
      if (findings.count > 0) continue;
      this.#ranges.addRow(headerBytes + reader.endByte);
      this.#statistics.add(reader.values);
      this.#sample.add(label, reader.values);
      hashWords(this.#words, label, this.#rowHash);
      if (this.#rowHashes.add(this.#rowHash[0], this.#rowHash[1])) this.#duplicateRows++;
    }
    if (reader.rowTooLong) throw new TableError(rowTooLongFinding(reader));
  }

  #addFindings(): void {
    const { columns, findings } = this.#options;
    for (const finding of rowFindings(this.#reader, columns)) findings.add(finding);
    findings.omit(this.#reader.problemCount - this.#reader.problems.length);
  }

  #checkText(column: number): boolean {
    const cell = this.#reader.cell(column);
    if (isText(cell)) return true;
    this.#options.findings.add(textFinding(this.#reader, column, this.#options.columns));
    return false;
  }

  /** @returns the row's class index, or a negative number where it has none */
  #readLabel(): number {
    const { columns, roles, purpose, limits, findings } = this.#options;
    if (roles.label < 0) return noLabel;
    const cell = this.#reader.cell(roles.label);
    if (cell.length > maxLabelBytes) {
      const where = { row: this.#reader.rowNumber, column: columns[roles.label] };
      findings.add({
        code: "cell-too-long",
        ...where,
        found: shorten(decodeLossy(cell)),
        expected: `${maxLabelBytes}`,
      });
      this.#brokenRows++;
      return noLabel;
    }
    const index = this.#labels.indexOf(cell);
    if (index >= 0) {
      this.#classRows[index] = (this.#classRows[index] ?? 0) + 1;
      this.#firstRows[index] ??= this.#reader.rowNumber;
      return index;
    }
    const column = columns[roles.label];
    const row = this.#reader.rowNumber;
    if (index === noLabel) {
      if (purpose === "training") {
        const found = shorten(decodeLossy(this.#reader.cell(roles.label)));
        findings.add({ code: "missing-label", row, column, found, expected: "class" });
      }
    } else if (index === labelBeyondLimit) {
      if (!this.#tooManyClasses) {
        const expected = String(limits.maxClasses);
        findings.add({ code: "too-many-classes", row, column, found: `> ${expected}`, expected });
      }
      this.#tooManyClasses = true;
    } else this.#checkText(roles.label);
    return index;
  }

  #checkClasses(): void {
    const { columns, roles, findings } = this.#options;
    if (roles.label < 0) return;
    const classes = this.#classes();
    if (classes.length === 1) {
      const column = columns[roles.label];
      findings.add({ code: "one-class-only", column, found: classes[0].name, expected: String(leastClasses) });
    }
    const small = classes.filter(({ rows }) => rows < leastRowsPerClass);
    const enough = classes.length - small.length >= leastClasses;
    for (const { name, rows, firstRow } of small) {
      const found = { row: firstRow, column: shorten(name), found: String(rows), expected: String(leastRowsPerClass) };
      if (enough) this.#warnings.push({ code: "class-left-out", ...found });
      else findings.add({ code: "class-too-small", ...found });
    }
  }

  #classes(): (ClassCount & { readonly firstRow: number })[] {
    const names = this.#labels.classes;
    const compare = compareClasses(names);
    return names
      .map((name, index) => ({ name, rows: this.#classRows[index], firstRow: this.#firstRows[index] }))
      .sort((a, b) => compare(a.name, b.name));
  }
}
